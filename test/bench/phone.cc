// Reads the telephone numbers of a file, a number and a region in each line
// with a tab between them, by libphonenumber and by ccpii in turn; prints for
// each turn nanoseconds of CPU time per number.
//
//	phone NUMBERS
#include <phonenumbers/phonenumberutil.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

extern "C" {
#include "text/phone_number.h"
}

using i18n::phonenumbers::PhoneNumberUtil;
using Rows = std::vector<std::pair<std::string, std::string>>;

static const int TURNS = 5;
static volatile size_t sink;	// so that nothing is optimised away

static void by_libphonenumber(const Rows &rows)
{
	const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();

	for (const auto &row : rows)
	{
		i18n::phonenumbers::PhoneNumber number;
		std::string e164;

		if (util.Parse(row.first, row.second.empty() ? "ZZ" : row.second, &number) !=
				PhoneNumberUtil::NO_PARSING_ERROR ||
			!util.IsPossibleNumber(number))
			continue;
		util.Format(number, PhoneNumberUtil::E164, &e164);
		sink = sink + e164.size() + util.IsValidNumber(number);
	}
}

static void by_ccpii(const Rows &rows)
{
	for (const auto &row : rows)
	{
		PhoneNumber number;

		ccpii_phone_number_read(row.first.data(), row.first.size(),
								row.second.empty() ? PHONE_NO_REGION :
								ccpii_phone_number_region(row.second.data(), row.second.size()),
								&number);
		sink = sink + number.len + number.valid;
	}
}

static double measure(void (*way)(const Rows &), const Rows &rows)
{
	std::clock_t start = std::clock();

	way(rows);
	return double(std::clock() - start) / CLOCKS_PER_SEC * 1e9 / double(rows.size());
}

int main(int argc, char **argv)
{
	std::ifstream file(argc == 2 ? argv[1] : "");
	std::string line;
	Rows rows;

	while (std::getline(file, line))
	{
		size_t tab = line.find('\t');

		rows.emplace_back(line.substr(0, tab), line.substr(tab + 1));
	}
	if (rows.empty())
		return 2;
	for (int turn = 0; turn < TURNS; turn++)
	{
		double other = measure(by_libphonenumber, rows);

		std::printf("%.1f %.1f\n", other, measure(by_ccpii, rows));
	}
	return 0;
}

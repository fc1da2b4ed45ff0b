import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/**
 * PgJDBC: statements prepared on the server from the first execution on, and
 * never; results in the binary format where the driver knows one; portions of
 * rows, batches, updatable results and COPY.  center.py tells of the set-ups.
 */
class Jdbc {
	static final String COLUMNS = "name, phone, email, birth_date, attributes, aliases, team";
	static final String PHONE = "415-555-7801", NEW_PHONE = "415-555-0199", OTHER_MASK = "XXX-XXX-0042";
	static final Pattern CANARY =
		Pattern.compile("Zebediah|Quillfeather|415.?555|zeb\\d|1984.05|05.17", Pattern.CASE_INSENSITIVE);
	static final Pattern MASK = Pattern.compile("XXX-XXX-|\\*{3}");

	/** -1 prepares at once, for binary results; 0 never; "simple" has no parameters. */
	static final String[][] WAYS = {{"prepareThreshold", "-1"}, {"prepareThreshold", "0"},
		{"stringtype", "unspecified"}, {"preferQueryMode", "simple"}};

	static String setup, prefix;
	static int count;
	static Connection store;

	final Connection connection;
	final boolean masked;

	Jdbc(Connection connection, boolean masked) {
		this.connection = connection;
		this.masked = masked && !setup.equals("open");
	}

	interface Check {
		void run() throws Exception;
	}

	static void ok(boolean good, String title, Object detail) {
		System.out.println((good ? "ok " : "not ok ") + ++count + " - " + prefix + title);
		if (!good)
			System.out.println(("" + detail).replaceAll("(?m)^", "#   "));
	}

	static void equal(Object got, Object expected, String title) {
		ok(expected.equals(got), title, "got       " + got + "\nexpected  " + expected);
	}

	static void run(Check check) {
		try {
			check.run();
		} catch (Exception error) {
			ok(false, "a check runs to its end", error + "\n" + Arrays.toString(error.getStackTrace()));
		}
	}

	/** The SQLSTATE with which it fails, or "none". */
	static String sqlstate(Check check) throws Exception {
		try {
			check.run();
			return "none";
		} catch (SQLException error) {
			return error.getSQLState();
		}
	}

	static Connection connect(String user, String... options) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", user);
		properties.setProperty("socketFactory", "UnixSocketFactory");
		properties.setProperty("socketFactoryArg", System.getenv("PGHOST") + "/.s.PGSQL.5432");
		for (int n = 0; n < options.length; n += 2)
			properties.setProperty(options[n], options[n + 1]);
		return DriverManager.getConnection("jdbc:postgresql:" + setup, properties);
	}

	/** A contact as the reader must see it, or as it is stored. */
	static List<String> contact(int number, boolean masked) {
		int digits = number + 7800;
		return masked
			? Arrays.asList("Z*** Q***", "XXX-XXX-" + digits, "****@domain.com", "1984-01-01",
				"{\"plan\": \"gold\", \"phone\": \"XXX-XXX-" + digits + "\"}", null, "blue")
			: Arrays.asList("Zebediah Quillfeather", "415-555-" + digits, "zeb" + number + "@domain.com",
				"1984-05-17", "{\"plan\": \"gold\", \"phone\": \"415-555-" + digits + "\"}",
				"[Zebediah, Quillfeather]", "blue");
	}

	List<String> seen(int number) {
		return contact(number, masked);
	}

	static List<String> row(ResultSet rows) throws SQLException {
		Date date = rows.getDate("birth_date");
		java.sql.Array aliases = rows.getArray("aliases");
		return Arrays.asList(rows.getString("name"), rows.getString("phone"), rows.getString("email"),
			date == null ? null : date.toString(), rows.getString("attributes"),
			aliases == null ? null : Arrays.toString((Object[]) aliases.getArray()), rows.getString("team"));
	}

	static void bind(PreparedStatement statement, Object... values) throws SQLException {
		for (int n = 0; n < values.length; n++)
			if (values[n] instanceof String)
				statement.setString(n + 1, (String) values[n]);
			else
				statement.setObject(n + 1, values[n]);
	}

	int rowsOf(String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, values);
			ResultSet rows = statement.executeQuery();
			int found = 0;
			while (rows.next())
				found++;
			return found;
		}
	}

	static int newContact() throws SQLException {
		try (Statement statement = store.createStatement()) {
			ResultSet rows = statement.executeQuery("INSERT INTO crm.contacts (" + COLUMNS + ") SELECT "
				+ COLUMNS + " FROM crm.contacts WHERE id = 1 RETURNING id");
			rows.next();
			return rows.getInt(1);
		}
	}

	/** What is stored is contact 1 with these pairs of place and value changed. */
	static void storedIs(int id, String title, Object... changed) throws SQLException {
		List<String> expected = new ArrayList<>(contact(1, false));
		for (int n = 0; n < changed.length; n += 2)
			expected.set((int) changed[n], (String) changed[n + 1]);
		try (Statement statement = store.createStatement()) {
			ResultSet rows = statement.executeQuery("SELECT name::text, phone::text, email::text, birth_date,"
				+ " attributes, aliases, team FROM crm.contacts WHERE id = " + id);
			equal(rows.next() ? row(rows) : null, expected, title);
		}
	}

	static String silver(String attributes) {
		return attributes.replace("gold", "silver");
	}

	static final Object[] EDITED = {4, silver(contact(1, false).get(4)), 6, "red"};

	void reads() throws SQLException {
		try (PreparedStatement statement =
				connection.prepareStatement("SELECT " + COLUMNS + " FROM contacts WHERE id = ?")) {
			List<List<String>> found = new ArrayList<>();
			List<List<String>> expected = new ArrayList<>();
			for (int turn = 1; turn <= 12; turn++) {
				statement.setInt(1, turn);
				ResultSet rows = statement.executeQuery();
				rows.next();
				found.add(row(rows));
				expected.add(seen(turn));
			}
			equal(found, expected, "twelve times");
		}
		try (Statement statement = connection.createStatement()) {
			ResultSet rows = statement.executeQuery("SELECT array_agg(phone ORDER BY id) FROM contacts WHERE id <= 2");
			rows.next();
			equal(Arrays.toString((Object[]) rows.getArray(1).getArray()),
				Arrays.asList(seen(1).get(1), seen(2).get(1)).toString(), "an array of what the column is");
		}
		equal(rowsOf("SELECT id FROM contacts WHERE phone = ? AND id <= 100", PHONE), 1, "a look-up by setString");
		String[] phones = {PHONE, "415-555-7802"};
		equal(rowsOf("SELECT id FROM contacts WHERE phone = ANY(?) AND id <= 100",
			connection.createArrayOf("text", phones)), masked ? 0 : 2, "ANY(?) of stored values");
		phones = new String[] {seen(1).get(1), seen(2).get(1)};
		equal(rowsOf("SELECT id FROM contacts WHERE phone = ANY(?) AND id <= 100",
			connection.createArrayOf("varchar", phones)), 2, "ANY(?) of what he sees");
		equal(rowsOf("SELECT id FROM contacts WHERE phone LIKE ? AND id <= 100", "415%"), masked ? 0 : 100, "LIKE ?");
		equal(rowsOf("SELECT id FROM contacts WHERE lower(email) = lower(?) AND id <= 100", "ZEB1@domain.com"),
			masked ? 0 : 1, "lower(email) = lower(?)");
		equal(rowsOf("SELECT id FROM contacts WHERE (name, phone) = (?, ?) AND id <= 100", seen(1).get(0),
			seen(1).get(1)), 1, "a row of two");
	}

	void portions() throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.setFetchSize(7);
			ResultSet rows =
				statement.executeQuery("SELECT " + COLUMNS + " FROM contacts WHERE id <= 100 ORDER BY id");
			int right = 0;
			while (rows.next())
				if (row(rows).equals(seen(right + 1)))
					right++;
			equal(right, 100, "in portions of seven rows");
		}
		connection.commit();
		connection.setAutoCommit(true);
	}

	void update(int id, String sql) throws SQLException {
		try (PreparedStatement read =
				connection.prepareStatement("SELECT " + COLUMNS + " FROM contacts WHERE id = ?");
			PreparedStatement write = connection.prepareStatement(sql)) {
			read.setInt(1, id);
			ResultSet row = read.executeQuery();
			row.next();
			equal(row(row), seen(1), "what is read first");
			write.setString(1, row.getString("name"));
			write.setString(2, row.getString("phone"));
			write.setString(3, row.getString("email"));
			write.setDate(4, row.getDate("birth_date"));
			write.setObject(5, silver(row.getString("attributes")), Types.OTHER);
			write.setArray(6, row.getArray("aliases"));
			write.setString(7, "red");
			write.setInt(8, id);
			write.executeUpdate();
		}
	}

	/** By ON CONFLICT: whether a row is there is not known when its values are made. */
	void saves() throws Exception {
		int id = newContact();
		equal(sqlstate(() -> update(id, "UPDATE contacts SET name = ?, phone = ?, email = ?, birth_date = ?,"
			+ " attributes = ?, aliases = ?, team = ? WHERE id = ?")), "none", "a whole row is saved back");
		storedIs(id, "and only what was changed has changed", EDITED);
		int other = newContact();
		equal(sqlstate(() -> update(other, "INSERT INTO contacts (" + COLUMNS + ", id)"
			+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
			+ " phone = excluded.phone, email = excluded.email, birth_date = excluded.birth_date,"
			+ " attributes = excluded.attributes, aliases = excluded.aliases, team = excluded.team")),
			masked ? "22023" : "none", "a whole row, as seen, by ON CONFLICT");
		storedIs(other, "and that is all or nothing", masked ? new Object[0] : EDITED);
	}

	/** The driver writes the columns that were set, here all, and reads them again. */
	void updatable() throws Exception {
		if (setup.equals("views"))
			return;					// it looks for a primary key
		int id = newContact();
		try (Statement statement =
				connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
			ResultSet rows = statement.executeQuery("SELECT id, " + COLUMNS + " FROM contacts WHERE id = " + id);
			rows.next();
			for (String column : new String[] {"name", "phone", "email"})
				rows.updateString(column, rows.getString(column));
			rows.updateDate("birth_date", rows.getDate("birth_date"));
			rows.updateObject("attributes", rows.getObject("attributes"));
			rows.updateString("team", "red");
			equal(sqlstate(rows::updateRow), "none", "a row of an updatable result is saved back");
			rows.refreshRow();
			equal(rows.getString("phone"), seen(1).get(1), "and read again");
		}
		storedIs(id, "and only what was changed has changed in it", 6, "red");
	}

	void newValues() throws Exception {
		int id = newContact();
		try (PreparedStatement statement = connection.prepareStatement("UPDATE contacts SET phone = ? WHERE id = ?")) {
			bind(statement, NEW_PHONE, id);
			equal(sqlstate(statement::executeUpdate), "none", "a new value");
			storedIs(id, "is stored", 1, NEW_PHONE);
			boolean refused = !setup.equals("open");
			bind(statement, OTHER_MASK, id);
			equal(sqlstate(statement::executeUpdate), refused ? "22023" : "none",
				"a mask of something else is no value");
			storedIs(id, "and is not stored", 1, refused ? NEW_PHONE : OTHER_MASK);
		}
	}

	void batches() throws Exception {
		connection.setAutoCommit(false);
		try (PreparedStatement statement =
				connection.prepareStatement("INSERT INTO contacts (name, phone, team) VALUES (?, ?, 'batch')",
					Statement.RETURN_GENERATED_KEYS);
			Statement after = connection.createStatement()) {
			for (int n = 0; n < 3; n++) {
				bind(statement, "Ottoline Quaverley", "415-555-010" + n);
				statement.addBatch();
			}
			statement.executeBatch();
			ResultSet keys = statement.getGeneratedKeys();
			List<String> found = new ArrayList<>();
			while (keys.next())
				found.add(keys.getString("name") + " " + keys.getString("phone"));
			equal(found, masked
				? Arrays.asList("O*** Q*** XXX-XXX-0100", "O*** Q*** XXX-XXX-0101", "O*** Q*** XXX-XXX-0102")
				: Arrays.asList("Ottoline Quaverley 415-555-0100", "Ottoline Quaverley 415-555-0101",
					"Ottoline Quaverley 415-555-0102"), "a batch returns what the reader sees");
		}
		connection.rollback();
		connection.setAutoCommit(true);
	}

	void copies() throws Exception {
		for (String form : new String[] {"text", "binary"}) {
			ByteArrayOutputStream output = new ByteArrayOutputStream();
			connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
				"COPY (SELECT * FROM contacts WHERE id <= 100) TO STDOUT (FORMAT " + form + ")", output);
			String text = output.toString(StandardCharsets.ISO_8859_1);
			ok(masked ? MASK.matcher(text).find() && !CANARY.matcher(text).find() : CANARY.matcher(text).find(),
				"COPY in " + form, text.substring(0, 200));
		}
		if (setup.equals("views"))
			return;					// the server copies into tables only
		connection.setAutoCommit(false);
		connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
			"COPY contacts (name, team) FROM STDIN", new StringReader("Ottoline Quaverley\tcopied\n"));
		equal(rowsOf("SELECT id FROM contacts WHERE team = 'copied' AND name = ?",
			masked ? "O*** Q***" : "Ottoline Quaverley"), 1, "what COPY FROM has stored");
		connection.rollback();
		connection.setAutoCommit(true);
	}

	void errors() throws Exception {
		if (!prefix.startsWith("agent"))
			return;
		String found = "no error";
		try (Statement statement = connection.createStatement()) {
			statement.executeQuery("SELECT name::text::int FROM contacts WHERE id = 1");
		} catch (SQLException error) {
			found = error.getSQLState() + " " + CANARY.matcher(error.getMessage()).find();
		}
		equal(found, "22P02 " + !masked, "the message of an error");
	}

	static void pooled() throws Exception {
		prefix = "pooled: ";
		Connection connection = connect("regress_ccpii_app", "prepareThreshold", "2");
		connection.setAutoCommit(false);
		PreparedStatement query =
			connection.prepareStatement("SELECT " + COLUMNS + " FROM contacts WHERE id = 1");
		int wrong = 0;
		for (int turn = 0; turn < 24; turn++) {
			boolean agent = (turn < 16 ? turn : turn / 2) % 2 == 0;
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET LOCAL ROLE regress_ccpii_" + (agent ? "agent" : "boss"));
			}
			ResultSet rows = query.executeQuery();
			rows.next();
			if (!row(rows).equals(contact(1, agent && !setup.equals("open"))))
				wrong++;
			connection.commit();
		}
		equal(wrong, 0, "one connection, one statement, each transaction sees as its role");
		ok(query.unwrap(PGStatement.class).isUseServerPrepare(), "the server has prepared it", "");
		connection.close();
	}

	public static void main(String[] arguments) throws Exception {
		setup = arguments[0];
		store = connect("postgres");
		for (String role : new String[] {"agent", "boss"})
			for (String[] way : WAYS)
				try (Connection connection = connect("regress_ccpii_" + role, way)) {
					Jdbc client = new Jdbc(connection, role.equals("agent"));
					prefix = role + ": " + String.join("=", way) + ": ";
					run(client::reads);
					run(client::portions);
					run(client::saves);
					run(client::updatable);
					run(client::newValues);
					run(client::batches);
					run(client::copies);
					run(client::errors);
				}
		run(Jdbc::pooled);
		System.out.println("1.." + count);
	}
}

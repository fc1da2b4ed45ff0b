/*-------------------------------------------------------------------------
 *
 * card_table.h
 *	  The networks of card.c, and of nobody else.
 *
 * Made by card_networks.py from card_networks.csv, which cites its sources;
 * do not edit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CARD_TABLE_H
#define CCPII_CARD_TABLE_H

#include <stdint.h>

#include "text/card.h"

#define CARD_PREFIX_DIGITS 8
#define CARD_NETWORKS 35
#define CARD_SEGMENTS 186
#define CARD_DEFAULT UINT64_C(0x3F)
#define CARD_ASKED UINT64_C(0x1FFFFFFF)
#define CARD_UNCHECKED UINT64_C(0x400000000)

/* by number */
static const char *const card_name[CARD_NETWORKS] = {
	"visa", "mastercard", "amex", "diners", "discover",
	"jcb", "maestro", "elo", "mir", "troy",
	"hipercard", "hiper", "verve", "dankort", "ukrcard",
	"lankapay", "uzcard", "humo", "napas", "mada",
	"borica", "interpayment", "instapayment", "discover_cup", "unionpay",
	"rupay", "t-union", "gpn", "uatp", "maestro_broad",
	"laser", "solo", "switch", "bankcard-au", "diners-enroute"
};

/* which networks have numbers of 12, 13, ... digits */
static const CardNetworks card_of_length[8] = {
	UINT64_C(0x20000040), UINT64_C(0x20000041), UINT64_C(0x20000048),
	UINT64_C(0x43000004C), UINT64_C(0x3EBFFFFFB), UINT64_C(0x61A04178),
	UINT64_C(0x1E9A05178), UINT64_C(0x1EDA45579)
};

/* which networks have numbers that begin with 00, 01, ... 99 */
static const CardNetworks card_of_two[100] = {
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x10000000), UINT64_C(0x10000000),
	UINT64_C(0x10000000), UINT64_C(0x10000000), UINT64_C(0x10000000), UINT64_C(0x10000000),
	UINT64_C(0x10000000), UINT64_C(0x10000000), UINT64_C(0x10000000), UINT64_C(0x18000000),
	UINT64_C(0x400000000), UINT64_C(0x400000000), UINT64_C(0x100102), UINT64_C(0x2),
	UINT64_C(0x2), UINT64_C(0x2), UINT64_C(0x2), UINT64_C(0x2),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x8), UINT64_C(0x4000000),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x4), UINT64_C(0x2008020),
	UINT64_C(0x8), UINT64_C(0x4), UINT64_C(0x408), UINT64_C(0x8),
	UINT64_C(0x81), UINT64_C(0x1), UINT64_C(0x1), UINT64_C(0x81),
	UINT64_C(0x1), UINT64_C(0x2081), UINT64_C(0x1), UINT64_C(0x1),
	UINT64_C(0x1), UINT64_C(0x100000001), UINT64_C(0x2A0030C0), UINT64_C(0x2),
	UINT64_C(0x2), UINT64_C(0x2), UINT64_C(0x2), UINT64_C(0x2),
	UINT64_C(0x328010000), UINT64_C(0x20000000), UINT64_C(0x28000040), UINT64_C(0x20000000),
	UINT64_C(0x2A004410), UINT64_C(0x28000000), UINT64_C(0x29800080), UINT64_C(0x1E86008C0),
	UINT64_C(0x20000010), UINT64_C(0x22001090), UINT64_C(0x20000000), UINT64_C(0x1E0000040),
	UINT64_C(0x20000000), UINT64_C(0x20000000), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x3000000), UINT64_C(0x2000000), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x10000), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0), UINT64_C(0x0),
	UINT64_C(0x80000), UINT64_C(0x40200), UINT64_C(0x20000), UINT64_C(0x0)
};

/* the segment that holds 00, 01, ... 99, and the last one */
static const uint16_t card_segment_of_two[101] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 4, 6, 9, 12, 12, 12, 12, 12, 13, 13,
	14, 18, 19, 19, 20, 21, 30, 31, 32, 38, 39, 41, 41, 41, 45,
	45, 53, 53, 53, 53, 62, 79, 79, 79, 79, 79, 80, 89, 90, 93,
	94, 101, 102, 107, 131, 132, 159, 159, 171, 171, 172, 172, 172, 172, 172,
	172, 172, 172, 172, 172, 172, 173, 174, 175, 175, 175, 176, 177, 177, 177,
	177, 177, 177, 177, 177, 177, 177, 179, 183, 185, 185
};

/* the first CARD_PREFIX_DIGITS digits with which a segment starts */
static const uint32_t card_segment_start[CARD_SEGMENTS] = {
	0, 10000000, 19460000, 19470000, 20000000, 20140000, 20150000,
	21490000, 21500000, 22000000, 22050000, 22060000, 22210000, 27210000,
	30000000, 30600000, 30950000, 30960000, 31000000, 32000000, 34000000,
	35000000, 35280000, 35300000, 35400000, 35600000, 35700000, 35711100,
	35711200, 35900000, 36000000, 37000000, 38000000, 38410000, 38410100,
	38414000, 38414100, 38416000, 38416100, 40000000, 40117800, 40118000,
	43127400, 43127500, 43893500, 43893600, 45141600, 45141700, 45710000,
	45720000, 45739300, 45739400, 45763100, 45763300, 49030000, 49040000,
	49050000, 49060000, 49110000, 49120000, 49360000, 49370000, 50000000,
	50180000, 50190000, 50200000, 50210000, 50380000, 50390000, 50417500,
	50417600, 50609900, 50619900, 50669900, 50677900, 50786500, 50796500,
	50800000, 50900000, 51000000, 56000000, 56022100, 56022600, 56100000,
	56110000, 56140000, 56150000, 56418200, 56418300, 57000000, 58000000,
	58930000, 58940000, 59000000, 60000000, 60110000, 60120000, 60400100,
	60420100, 60628200, 60628300, 61000000, 62000000, 62212600, 62292600,
	62778000, 62778100, 63000000, 63040000, 63050000, 63311000, 63311100,
	63330000, 63340000, 63350000, 63600000, 63629700, 63629800, 63636800,
	63637000, 63700000, 63709500, 63709600, 63756800, 63756900, 63759900,
	63760000, 63760900, 63761000, 63761200, 63761300, 64000000, 64400000,
	65000200, 65002800, 65003100, 65003400, 65003500, 65005200, 65040500,
	65044000, 65048500, 65053900, 65054100, 65059900, 65070000, 65071900,
	65072000, 65072800, 65090100, 65097900, 65165200, 65168000, 65210000,
	65230000, 65500000, 65502000, 65502100, 65505900, 66000000, 67060000,
	67070000, 67090000, 67100000, 67590000, 67600000, 67610000, 67640000,
	67670000, 67680000, 67710000, 67720000, 70000000, 81000000, 82000000,
	83000000, 86000000, 86010000, 96820000, 96830000, 97040000, 97050000,
	97920000, 97930000, 98600000, 98610000
};

/* the networks of all numbers in a segment */
static const CardNetworks card_of_segment[CARD_SEGMENTS] = {
	UINT64_C(0x0),	/* 00000000  */
	UINT64_C(0x10000000),	/* 10000000 uatp */
	UINT64_C(0x18000000),	/* 19460000 gpn uatp */
	UINT64_C(0x10000000),	/* 19470000 uatp */
	UINT64_C(0x0),	/* 20000000  */
	UINT64_C(0x400000000),	/* 20140000 diners-enroute */
	UINT64_C(0x0),	/* 20150000  */
	UINT64_C(0x400000000),	/* 21490000 diners-enroute */
	UINT64_C(0x0),	/* 21500000  */
	UINT64_C(0x100),	/* 22000000 mir */
	UINT64_C(0x100000),	/* 22050000 borica */
	UINT64_C(0x0),	/* 22060000  */
	UINT64_C(0x2),	/* 22210000 mastercard */
	UINT64_C(0x0),	/* 27210000  */
	UINT64_C(0x8),	/* 30000000 diners */
	UINT64_C(0x0),	/* 30600000  */
	UINT64_C(0x8),	/* 30950000 diners */
	UINT64_C(0x0),	/* 30960000  */
	UINT64_C(0x4000000),	/* 31000000 t-union */
	UINT64_C(0x0),	/* 32000000  */
	UINT64_C(0x4),	/* 34000000 amex */
	UINT64_C(0x0),	/* 35000000  */
	UINT64_C(0x20),	/* 35280000 jcb */
	UINT64_C(0x2000020),	/* 35300000 jcb rupay */
	UINT64_C(0x20),	/* 35400000 jcb */
	UINT64_C(0x2000020),	/* 35600000 jcb rupay */
	UINT64_C(0x20),	/* 35700000 jcb */
	UINT64_C(0x8020),	/* 35711100 jcb lankapay */
	UINT64_C(0x20),	/* 35711200 jcb */
	UINT64_C(0x0),	/* 35900000  */
	UINT64_C(0x8),	/* 36000000 diners */
	UINT64_C(0x4),	/* 37000000 amex */
	UINT64_C(0x8),	/* 38000000 diners */
	UINT64_C(0x408),	/* 38410000 diners hipercard */
	UINT64_C(0x8),	/* 38410100 diners */
	UINT64_C(0x408),	/* 38414000 diners hipercard */
	UINT64_C(0x8),	/* 38414100 diners */
	UINT64_C(0x408),	/* 38416000 diners hipercard */
	UINT64_C(0x8),	/* 38416100 diners */
	UINT64_C(0x1),	/* 40000000 visa */
	UINT64_C(0x81),	/* 40117800 visa elo */
	UINT64_C(0x1),	/* 40118000 visa */
	UINT64_C(0x81),	/* 43127400 visa elo */
	UINT64_C(0x1),	/* 43127500 visa */
	UINT64_C(0x81),	/* 43893500 visa elo */
	UINT64_C(0x1),	/* 43893600 visa */
	UINT64_C(0x81),	/* 45141600 visa elo */
	UINT64_C(0x1),	/* 45141700 visa */
	UINT64_C(0x2001),	/* 45710000 visa dankort */
	UINT64_C(0x1),	/* 45720000 visa */
	UINT64_C(0x81),	/* 45739300 visa elo */
	UINT64_C(0x1),	/* 45739400 visa */
	UINT64_C(0x81),	/* 45763100 visa elo */
	UINT64_C(0x1),	/* 45763300 visa */
	UINT64_C(0x100000001),	/* 49030000 visa switch */
	UINT64_C(0x1),	/* 49040000 visa */
	UINT64_C(0x100000001),	/* 49050000 visa switch */
	UINT64_C(0x1),	/* 49060000 visa */
	UINT64_C(0x100000001),	/* 49110000 visa switch */
	UINT64_C(0x1),	/* 49120000 visa */
	UINT64_C(0x100000001),	/* 49360000 visa switch */
	UINT64_C(0x1),	/* 49370000 visa */
	UINT64_C(0x28000000),	/* 50000000 gpn maestro_broad */
	UINT64_C(0x28000040),	/* 50180000 maestro gpn maestro_broad */
	UINT64_C(0x28002000),	/* 50190000 dankort gpn maestro_broad */
	UINT64_C(0x28000040),	/* 50200000 maestro gpn maestro_broad */
	UINT64_C(0x28000000),	/* 50210000 gpn maestro_broad */
	UINT64_C(0x28000040),	/* 50380000 maestro gpn maestro_broad */
	UINT64_C(0x28000000),	/* 50390000 gpn maestro_broad */
	UINT64_C(0x28000080),	/* 50417500 elo gpn maestro_broad */
	UINT64_C(0x28000000),	/* 50417600 gpn maestro_broad */
	UINT64_C(0x28001000),	/* 50609900 verve gpn maestro_broad */
	UINT64_C(0x28000000),	/* 50619900 gpn maestro_broad */
	UINT64_C(0x28000080),	/* 50669900 elo gpn maestro_broad */
	UINT64_C(0x28000000),	/* 50677900 gpn maestro_broad */
	UINT64_C(0x28001000),	/* 50786500 verve gpn maestro_broad */
	UINT64_C(0x28000000),	/* 50796500 gpn maestro_broad */
	UINT64_C(0x2A000000),	/* 50800000 rupay gpn maestro_broad */
	UINT64_C(0x28000080),	/* 50900000 elo gpn maestro_broad */
	UINT64_C(0x2),	/* 51000000 mastercard */
	UINT64_C(0x28000000),	/* 56000000 gpn maestro_broad */
	UINT64_C(0x228000000),	/* 56022100 gpn maestro_broad bankcard-au */
	UINT64_C(0x28000000),	/* 56022600 gpn maestro_broad */
	UINT64_C(0x228000000),	/* 56100000 gpn maestro_broad bankcard-au */
	UINT64_C(0x28000000),	/* 56110000 gpn maestro_broad */
	UINT64_C(0x28010000),	/* 56140000 uzcard gpn maestro_broad */
	UINT64_C(0x28000000),	/* 56150000 gpn maestro_broad */
	UINT64_C(0x128000000),	/* 56418200 gpn maestro_broad switch */
	UINT64_C(0x28000000),	/* 56418300 gpn maestro_broad */
	UINT64_C(0x20000000),	/* 57000000 maestro_broad */
	UINT64_C(0x28000000),	/* 58000000 gpn maestro_broad */
	UINT64_C(0x28000040),	/* 58930000 maestro gpn maestro_broad */
	UINT64_C(0x28000000),	/* 58940000 gpn maestro_broad */
	UINT64_C(0x20000000),	/* 59000000 maestro_broad */
	UINT64_C(0x2A000000),	/* 60000000 rupay gpn maestro_broad */
	UINT64_C(0x2A000010),	/* 60110000 discover rupay gpn maestro_broad */
	UINT64_C(0x2A000000),	/* 60120000 rupay gpn maestro_broad */
	UINT64_C(0x2A004000),	/* 60400100 ukrcard rupay gpn maestro_broad */
	UINT64_C(0x2A000000),	/* 60420100 rupay gpn maestro_broad */
	UINT64_C(0x2A000400),	/* 60628200 hipercard rupay gpn maestro_broad */
	UINT64_C(0x2A000000),	/* 60628300 rupay gpn maestro_broad */
	UINT64_C(0x28000000),	/* 61000000 gpn maestro_broad */
	UINT64_C(0x29000000),	/* 62000000 unionpay gpn maestro_broad */
	UINT64_C(0x29800000),	/* 62212600 discover_cup unionpay gpn maestro_broad */
	UINT64_C(0x29000000),	/* 62292600 unionpay gpn maestro_broad */
	UINT64_C(0x29000080),	/* 62778000 elo unionpay gpn maestro_broad */
	UINT64_C(0x29000000),	/* 62778100 unionpay gpn maestro_broad */
	UINT64_C(0x28000000),	/* 63000000 gpn maestro_broad */
	UINT64_C(0x68000040),	/* 63040000 maestro gpn maestro_broad laser */
	UINT64_C(0x28000000),	/* 63050000 gpn maestro_broad */
	UINT64_C(0x128000000),	/* 63311000 gpn maestro_broad switch */
	UINT64_C(0x28000000),	/* 63311100 gpn maestro_broad */
	UINT64_C(0x128000000),	/* 63330000 gpn maestro_broad switch */
	UINT64_C(0xA8000000),	/* 63340000 gpn maestro_broad solo */
	UINT64_C(0x28000000),	/* 63350000 gpn maestro_broad */
	UINT64_C(0x28200000),	/* 63600000 interpayment gpn maestro_broad */
	UINT64_C(0x28200080),	/* 63629700 elo interpayment gpn maestro_broad */
	UINT64_C(0x28200000),	/* 63629800 interpayment gpn maestro_broad */
	UINT64_C(0x28200080),	/* 63636800 elo interpayment gpn maestro_broad */
	UINT64_C(0x28200000),	/* 63637000 interpayment gpn maestro_broad */
	UINT64_C(0x28400000),	/* 63700000 instapayment gpn maestro_broad */
	UINT64_C(0x28400800),	/* 63709500 hiper instapayment gpn maestro_broad */
	UINT64_C(0x28400000),	/* 63709600 instapayment gpn maestro_broad */
	UINT64_C(0x28400800),	/* 63756800 hiper instapayment gpn maestro_broad */
	UINT64_C(0x28400000),	/* 63756900 instapayment gpn maestro_broad */
	UINT64_C(0x28400800),	/* 63759900 hiper instapayment gpn maestro_broad */
	UINT64_C(0x28400000),	/* 63760000 instapayment gpn maestro_broad */
	UINT64_C(0x28400800),	/* 63760900 hiper instapayment gpn maestro_broad */
	UINT64_C(0x28400000),	/* 63761000 instapayment gpn maestro_broad */
	UINT64_C(0x28400800),	/* 63761200 hiper instapayment gpn maestro_broad */
	UINT64_C(0x28400000),	/* 63761300 instapayment gpn maestro_broad */
	UINT64_C(0x20000000),	/* 64000000 maestro_broad */
	UINT64_C(0x20000010),	/* 64400000 discover maestro_broad */
	UINT64_C(0x20001010),	/* 65000200 discover verve maestro_broad */
	UINT64_C(0x20000010),	/* 65002800 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65003100 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65003400 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65003500 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65005200 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65040500 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65044000 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65048500 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65053900 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65054100 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65059900 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65070000 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65071900 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65072000 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65072800 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65090100 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65097900 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65165200 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65168000 discover maestro_broad */
	UINT64_C(0x22000010),	/* 65210000 discover rupay maestro_broad */
	UINT64_C(0x20000010),	/* 65230000 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65500000 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65502000 discover maestro_broad */
	UINT64_C(0x20000090),	/* 65502100 discover elo maestro_broad */
	UINT64_C(0x20000010),	/* 65505900 discover maestro_broad */
	UINT64_C(0x20000000),	/* 66000000 maestro_broad */
	UINT64_C(0x60000000),	/* 67060000 maestro_broad laser */
	UINT64_C(0x20000000),	/* 67070000 maestro_broad */
	UINT64_C(0x60000000),	/* 67090000 maestro_broad laser */
	UINT64_C(0x20000000),	/* 67100000 maestro_broad */
	UINT64_C(0x120000040),	/* 67590000 maestro maestro_broad switch */
	UINT64_C(0x20000000),	/* 67600000 maestro_broad */
	UINT64_C(0x20000040),	/* 67610000 maestro maestro_broad */
	UINT64_C(0x20000000),	/* 67640000 maestro_broad */
	UINT64_C(0xA0000000),	/* 67670000 maestro_broad solo */
	UINT64_C(0x20000000),	/* 67680000 maestro_broad */
	UINT64_C(0x60000000),	/* 67710000 maestro_broad laser */
	UINT64_C(0x20000000),	/* 67720000 maestro_broad */
	UINT64_C(0x0),	/* 70000000  */
	UINT64_C(0x3000000),	/* 81000000 unionpay rupay */
	UINT64_C(0x2000000),	/* 82000000 rupay */
	UINT64_C(0x0),	/* 83000000  */
	UINT64_C(0x10000),	/* 86000000 uzcard */
	UINT64_C(0x0),	/* 86010000  */
	UINT64_C(0x80000),	/* 96820000 mada */
	UINT64_C(0x0),	/* 96830000  */
	UINT64_C(0x40000),	/* 97040000 napas */
	UINT64_C(0x0),	/* 97050000  */
	UINT64_C(0x200),	/* 97920000 troy */
	UINT64_C(0x0),	/* 97930000  */
	UINT64_C(0x20000),	/* 98600000 humo */
	UINT64_C(0x0)	/* 98610000  */
};

#endif							/* CCPII_CARD_TABLE_H */

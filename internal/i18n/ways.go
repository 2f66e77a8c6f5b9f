package i18n

// Spaces that do not break.
const (
	nbsp   = "\u00a0"
	narrow = "\u202f"
)

// way is how a language writes dates, times, numbers and lists: CLDR's patterns, as data. Where an administration
// writes otherwise than CLDR (French "17 h 30", "1er", British day order in English), its usage is taken.
//
// Letters in date patterns: d day, M month number, MMM and MMMM its names, y year, E and EEEE weekday names,
// H and HH hour, mm minute; text between quotes and anything that is no letter stays.
type way struct {
	months, monthsShort, weekdays, weekdaysShort []string
	monthsAlone                                  []string // as a heading; nil: like months

	date, dateLong, dateShort, dayMonth, monthYear, weekdayDate string
	dateTime                                                    string // {1} date, {0} time
	time, timeWhole, timeDash                                   string // timeWhole: on the hour
	rangeSameMonth, rangeSameYear, dateDash                     string // {0} first, {1} last
	firstOfMonth                                                string // what the day 1 is written as

	group, decimal, percent string
	moneyBefore             bool // the sign before the amount, as in €5
	signs                   map[string]sign
	listMiddle, and, or     string

	metre, kilometre string
}

// sign is how a currency is shown in a language when it differs from the language's own order.
type sign struct {
	text   string
	before bool
	space  string
}

var ways = map[string]*way{
	"en": {
		months:        words("January February March April May June July August September October November December"),
		monthsShort:   words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
		weekdays:      words("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
		weekdaysShort: words("Sun Mon Tue Wed Thu Fri Sat"),
		date:          "d MMMM y", dateLong: "EEEE d MMMM y", dateShort: "d MMM y", dayMonth: "d MMMM", monthYear: "MMMM y",
		weekdayDate: "EEEE d MMMM", dateTime: "{1} at {0}",
		time: "HH:mm", timeWhole: "HH:mm", timeDash: "–",
		rangeSameMonth: "d–{d} MMMM y", rangeSameYear: "d MMMM – {d MMMM} y", dateDash: " – ",
		group: ",", decimal: ".", percent: "%", moneyBefore: true,
		signs:      map[string]sign{"EUR": {"€", true, ""}, "CNY": {"¥", true, ""}, "RON": {"lei", false, nbsp}, "VND": {"₫", false, nbsp}},
		listMiddle: ", ", and: " and ", or: " or ",
		metre: nbsp + "m", kilometre: nbsp + "km",
	},
	"fr": {
		months:        words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
		monthsShort:   words("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
		weekdays:      words("dimanche lundi mardi mercredi jeudi vendredi samedi"),
		weekdaysShort: words("dim. lun. mar. mer. jeu. ven. sam."),
		date:          "d MMMM y", dateLong: "EEEE d MMMM y", dateShort: "d MMM y", dayMonth: "d MMMM", monthYear: "MMMM y",
		weekdayDate: "EEEE d MMMM", dateTime: "{1} à {0}",
		time: "H'" + nbsp + "h" + nbsp + "'mm", timeWhole: "H'" + nbsp + "h'", timeDash: nbsp + "–" + nbsp,
		rangeSameMonth: "d–{d} MMMM y", rangeSameYear: "d MMMM – {d MMMM} y", dateDash: " – ", firstOfMonth: "1er",
		group: narrow, decimal: ",", percent: narrow + "%",
		signs:      map[string]sign{"EUR": {"€", false, nbsp}, "CNY": {"¥", false, nbsp}, "RON": {"lei", false, nbsp}, "VND": {"₫", false, nbsp}},
		listMiddle: ", ", and: " et ", or: " ou ",
		metre: nbsp + "m", kilometre: nbsp + "km",
	},
	"ro": {
		months:        words("ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"),
		monthsShort:   words("ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec."),
		weekdays:      words("duminică luni marți miercuri joi vineri sâmbătă"),
		weekdaysShort: words("dum. lun. mar. mie. joi vin. sâm."),
		date:          "d MMMM y", dateLong: "EEEE, d MMMM y", dateShort: "d MMM y", dayMonth: "d MMMM", monthYear: "MMMM y",
		weekdayDate: "EEEE, d MMMM", dateTime: "{1} la {0}",
		time: "HH:mm", timeWhole: "HH:mm", timeDash: "–",
		rangeSameMonth: "d–{d} MMMM y", rangeSameYear: "d MMMM – {d MMMM} y", dateDash: " – ",
		group: ".", decimal: ",", percent: nbsp + "%",
		signs:      map[string]sign{"EUR": {"€", false, nbsp}, "CNY": {"¥", false, nbsp}, "RON": {"lei", false, nbsp}, "VND": {"₫", false, nbsp}},
		listMiddle: ", ", and: " și ", or: " sau ",
		metre: nbsp + "m", kilometre: nbsp + "km",
	},
	"vi": {
		months:        numbered("tháng ", ""),
		monthsAlone:   numbered("Tháng ", ""),
		monthsShort:   numbered("thg ", ""),
		weekdays:      []string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"},
		weekdaysShort: []string{"CN", "Th 2", "Th 3", "Th 4", "Th 5", "Th 6", "Th 7"},
		date:          "d MMMM, y", dateLong: "EEEE, d MMMM, y", dateShort: "d/M/y", dayMonth: "d MMMM", monthYear: "MMMM 'năm' y",
		weekdayDate: "EEEE, d MMMM", dateTime: "{0}, {1}",
		time: "HH:mm", timeWhole: "HH:mm", timeDash: "–",
		rangeSameMonth: "d–{d} MMMM, y", rangeSameYear: "d MMMM – {d MMMM}, y", dateDash: " – ",
		group: ".", decimal: ",", percent: "%",
		signs:      map[string]sign{"EUR": {"€", false, nbsp}, "CNY": {"¥", false, nbsp}, "RON": {"lei", false, nbsp}, "VND": {"₫", false, nbsp}},
		listMiddle: ", ", and: " và ", or: " hoặc ",
		metre: nbsp + "m", kilometre: nbsp + "km",
	},
	"zh": {
		months:        numbered("", "月"),
		monthsShort:   numbered("", "月"),
		monthsAlone:   words("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月"),
		weekdays:      words("星期日 星期一 星期二 星期三 星期四 星期五 星期六"),
		weekdaysShort: words("周日 周一 周二 周三 周四 周五 周六"),
		date:          "y年MMMMd日", dateLong: "y年MMMMd日EEEE", dateShort: "y/M/d", dayMonth: "MMMMd日", monthYear: "y年MMMM",
		weekdayDate: "MMMMd日EEEE", dateTime: "{1} {0}",
		time: "HH:mm", timeWhole: "HH:mm", timeDash: "–",
		rangeSameMonth: "y年MMMMd日至{d}日", rangeSameYear: "y年MMMMd日至{MMMMd}日", dateDash: "至",
		group: ",", decimal: ".", percent: "%", moneyBefore: true,
		signs:      map[string]sign{"EUR": {"€", true, ""}, "CNY": {"¥", true, ""}, "RON": {"lei", false, nbsp}, "VND": {"₫", false, nbsp}},
		listMiddle: "、", and: "和", or: "或",
		metre: "米", kilometre: "公里",
	},
}

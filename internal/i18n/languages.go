package i18n

import (
	"maps"
	"slices"
)

// spoken are the languages that people are served in here, by BCP 47 code: the name in the language itself, then in
// en, fr, ro, vi, zh. The names are CLDR's; those that CLDR lacks (ktv is Eastern Katu, which its speakers in Việt Nam
// call Cơ Tu, kuf Western Katu, and the sign languages) and the respectful Chinese name of rom are ours.
var spoken = map[string][6]string{
	"am":      {"አማርኛ", "Amharic", "amharique", "amharică", "Tiếng Amharic", "阿姆哈拉语"},
	"ar":      {"العربية", "Arabic", "arabe", "arabă", "Tiếng Ả Rập", "阿拉伯语"},
	"bg":      {"български", "Bulgarian", "bulgare", "bulgară", "Tiếng Bulgaria", "保加利亚语"},
	"bn":      {"বাংলা", "Bangla", "bengali", "bengaleză", "Tiếng Bangla", "孟加拉语"},
	"br":      {"brezhoneg", "Breton", "breton", "bretonă", "Tiếng Breton", "布列塔尼语"},
	"ceb":     {"Cebuano", "Cebuano", "cebuano", "cebuană", "Tiếng Cebuano", "宿务语"},
	"cs":      {"čeština", "Czech", "tchèque", "cehă", "Tiếng Séc", "捷克语"},
	"csl":     {"中国手语", "Chinese Sign Language", "langue des signes chinoise", "limba semnelor chineze", "Ngôn ngữ ký hiệu Trung Quốc", "中国手语"},
	"de":      {"Deutsch", "German", "allemand", "germană", "Tiếng Đức", "德语"},
	"el":      {"Ελληνικά", "Greek", "grec", "greacă", "Tiếng Hy Lạp", "希腊语"},
	"en":      {"English", "English", "anglais", "engleză", "Tiếng Anh", "英语"},
	"es":      {"español", "Spanish", "espagnol", "spaniolă", "Tiếng Tây Ban Nha", "西班牙语"},
	"eu":      {"euskara", "Basque", "basque", "bască", "Tiếng Basque", "巴斯克语"},
	"fa":      {"فارسی", "Persian", "persan", "persană", "Tiếng Ba Tư", "波斯语"},
	"ff":      {"Pulaar", "Fula", "peul", "fulah", "Tiếng Fulah", "富拉语"},
	"fr":      {"français", "French", "français", "franceză", "Tiếng Pháp", "法语"},
	"fsl":     {"langue des signes française (LSF)", "French Sign Language", "langue des signes française (LSF)", "limba semnelor franceze", "Ngôn ngữ ký hiệu Pháp", "法国手语"},
	"hab":     {"Ngôn ngữ ký hiệu Hà Nội", "Hanoi Sign Language", "langue des signes de Hanoï", "limba semnelor din Hanoi", "Ngôn ngữ ký hiệu Hà Nội", "河内手语"},
	"he":      {"עברית", "Hebrew", "hébreu", "ebraică", "Tiếng Do Thái", "希伯来语"},
	"hi":      {"हिन्दी", "Hindi", "hindi", "hindi", "Tiếng Hindi", "印地语"},
	"hr":      {"hrvatski", "Croatian", "croate", "croată", "Tiếng Croatia", "克罗地亚语"},
	"hu":      {"magyar", "Hungarian", "hongrois", "maghiară", "Tiếng Hungary", "匈牙利语"},
	"hy":      {"հայերեն", "Armenian", "arménien", "armeană", "Tiếng Armenia", "亚美尼亚语"},
	"id":      {"Bahasa Indonesia", "Indonesian", "indonésien", "indoneziană", "Tiếng Indonesia", "印度尼西亚语"},
	"it":      {"italiano", "Italian", "italien", "italiană", "Tiếng Italy", "意大利语"},
	"ja":      {"日本語", "Japanese", "japonais", "japoneză", "Tiếng Nhật", "日语"},
	"ka":      {"ქართული", "Georgian", "géorgien", "georgiană", "Tiếng Georgia", "格鲁吉亚语"},
	"km":      {"ខ្មែរ", "Khmer", "khmer", "khmeră", "Tiếng Khmer", "高棉语"},
	"ko":      {"한국어", "Korean", "coréen", "coreeană", "Tiếng Hàn", "韩语"},
	"ktv":     {"Cơ Tu", "Cơ Tu", "cơ tu", "cơ tu", "Tiếng Cơ Tu", "戈都语"},
	"ku":      {"kurdî", "Kurdish", "kurde", "kurdă", "Tiếng Kurd", "库尔德语"},
	"kuf":     {"Katu", "Katu", "katu", "katu", "Tiếng Ka Tu (Lào)", "戈都语（老挝）"},
	"ln":      {"lingála", "Lingala", "lingala", "lingala", "Tiếng Lingala", "林加拉语"},
	"lo":      {"ລາວ", "Lao", "lao", "laoțiană", "Tiếng Lào", "老挝语"},
	"mn":      {"монгол", "Mongolian", "mongol", "mongolă", "Tiếng Mông Cổ", "蒙古语"},
	"nl":      {"Nederlands", "Dutch", "néerlandais", "neerlandeză", "Tiếng Hà Lan", "荷兰语"},
	"oc":      {"occitan", "Occitan", "occitan", "occitană", "Tiếng Occitan", "奥克语"},
	"pa":      {"ਪੰਜਾਬੀ", "Punjabi", "pendjabi", "punjabi", "Tiếng Punjab", "旁遮普语"},
	"pl":      {"polski", "Polish", "polonais", "poloneză", "Tiếng Ba Lan", "波兰语"},
	"prs":     {"دری", "Dari", "dari", "dari", "Tiếng Dari", "达里语"},
	"ps":      {"پښتو", "Pashto", "pachto", "paștună", "Tiếng Pashto", "普什图语"},
	"pt":      {"português", "Portuguese", "portugais", "portugheză", "Tiếng Bồ Đào Nha", "葡萄牙语"},
	"rms":     {"limba semnelor române", "Romanian Sign Language", "langue des signes roumaine", "limba semnelor române", "Ngôn ngữ ký hiệu Romania", "罗马尼亚手语"},
	"ro":      {"română", "Romanian", "roumain", "română", "Tiếng Romania", "罗马尼亚语"},
	"rom":     {"rromani", "Romani", "romani", "romani", "Tiếng Romani", "罗姆语"},
	"ru":      {"русский", "Russian", "russe", "rusă", "Tiếng Nga", "俄语"},
	"sk":      {"slovenčina", "Slovak", "slovaque", "slovacă", "Tiếng Slovak", "斯洛伐克语"},
	"so":      {"Soomaali", "Somali", "somali", "somaleză", "Tiếng Somali", "索马里语"},
	"sq":      {"shqip", "Albanian", "albanais", "albaneză", "Tiếng Albania", "阿尔巴尼亚语"},
	"sr":      {"српски", "Serbian", "serbe", "sârbă", "Tiếng Serbia", "塞尔维亚语"},
	"sw":      {"Kiswahili", "Swahili", "swahili", "swahili", "Tiếng Swahili", "斯瓦希里语"},
	"ta":      {"தமிழ்", "Tamil", "tamoul", "tamilă", "Tiếng Tamil", "泰米尔语"},
	"th":      {"ไทย", "Thai", "thaï", "thailandeză", "Tiếng Thái", "泰语"},
	"ti":      {"ትግርኛ", "Tigrinya", "tigrigna", "tigrină", "Tiếng Tigrinya", "提格利尼亚语"},
	"tl":      {"Tagalog", "Tagalog", "tagalog", "tagalog", "Tiếng Tagalog", "他加禄语"},
	"tr":      {"Türkçe", "Turkish", "turc", "turcă", "Tiếng Thổ Nhĩ Kỳ", "土耳其语"},
	"uk":      {"українська", "Ukrainian", "ukrainien", "ucraineană", "Tiếng Ukraina", "乌克兰语"},
	"ur":      {"اردو", "Urdu", "ourdou", "urdu", "Tiếng Urdu", "乌尔都语"},
	"vi":      {"Tiếng Việt", "Vietnamese", "vietnamien", "vietnameză", "Tiếng Việt", "越南语"},
	"wo":      {"Wolof", "Wolof", "wolof", "wolof", "Tiếng Wolof", "沃洛夫语"},
	"wuu":     {"吴语", "Wu Chinese", "wu", "chineză wu", "Tiếng Ngô", "吴语"},
	"yue":     {"粤语", "Cantonese", "cantonais", "cantoneză", "Tiếng Quảng Đông", "粤语"},
	"zh":      {"中文", "Chinese", "chinois", "chineză", "Tiếng Trung", "中文"},
	"zh-Hant": {"繁體中文", "Traditional Chinese", "chinois traditionnel", "chineză tradițională", "Tiếng Trung (phồn thể)", "繁体中文"},
}

// LanguageName is a language's name in the reader's language: "Vietnamese", "vietnamien". A code that is not known is
// given back as it is.
func (p *Printer) LanguageName(code string) string {
	names, ok := spoken[code]
	if !ok {
		return code
	}
	return names[1+slices.Index(Languages, p.lang)]
}

// LanguageOwnName is a language's name in that language: "Tiếng Việt", "français"; the code when it is not known.
func LanguageOwnName(code string) string {
	if names, ok := spoken[code]; ok {
		return names[0]
	}
	return code
}

// LanguageCodes are the codes that have a name, sorted.
func LanguageCodes() []string { return slices.Sorted(maps.Keys(spoken)) }

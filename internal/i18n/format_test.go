package i18n_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"parvis/internal/i18n"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// each runs a function in every language and compares what it says, written with plain spaces.
func each(t *testing.T, z *time.Location, currency string, say func(*i18n.Printer) string, want map[string]string) {
	t.Helper()
	b := i18n.NewBundle()
	for _, lang := range i18n.Languages {
		if got := readable(say(b.Printer(lang, z, currency))); got != want[lang] {
			t.Errorf("%s: got %q, want %q", lang, got, want[lang])
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	paris := zone(t, "Europe/Paris")
	late := time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC) // in Paris, Sunday at half past midnight
	for name, c := range map[string]struct {
		say  func(*i18n.Printer, time.Time) string
		want string // en, fr, ro, vi, zh
	}{
		"date":        {(*i18n.Printer).Date, "22 November 2026|22 novembre 2026|22 noiembrie 2026|22 tháng 11, 2026|2026年11月22日"},
		"long":        {(*i18n.Printer).DateLong, "Sunday 22 November 2026|dimanche 22 novembre 2026|duminică, 22 noiembrie 2026|Chủ Nhật, 22 tháng 11, 2026|2026年11月22日星期日"},
		"short":       {(*i18n.Printer).DateShort, "22 Nov 2026|22 nov. 2026|22 nov. 2026|22/11/2026|2026/11/22"},
		"day, month":  {(*i18n.Printer).DayMonth, "22 November|22 novembre|22 noiembrie|22 tháng 11|11月22日"},
		"weekday":     {(*i18n.Printer).WeekdayDate, "Sunday 22 November|dimanche 22 novembre|duminică, 22 noiembrie|Chủ Nhật, 22 tháng 11|11月22日星期日"},
		"month, year": {(*i18n.Printer).MonthYear, "November 2026|novembre 2026|noiembrie 2026|tháng 11 năm 2026|2026年11月"},
		"date, time":  {(*i18n.Printer).DateTime, "22 November 2026 at 00:30|22 novembre 2026 à 0 h 30|22 noiembrie 2026 la 00:30|00:30, 22 tháng 11, 2026|2026年11月22日 00:30"},
		"machine":     {(*i18n.Printer).DateISO, "2026-11-22|2026-11-22|2026-11-22|2026-11-22|2026-11-22"},
		"time":        {(*i18n.Printer).Time, "00:30|0 h 30|00:30|00:30|00:30"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, paris, "", func(p *i18n.Printer) string { return c.say(p, late) }, languages(c.want))
		})
	}
	if got := i18n.NewBundle().Printer("fr", nil, "").Date(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)); got != "1er janvier 2027" {
		t.Errorf("got %q", got)
	}
}

// languages reads "en|fr|ro|vi|zh".
func languages(texts string) map[string]string {
	all := map[string]string{}
	for i, text := range strings.Split(texts, "|") {
		all[i18n.Languages[i]] = text
	}
	return all
}

func TestTimesAndRanges(t *testing.T) {
	t.Parallel()
	nine, half := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), time.Date(2026, 3, 2, 17, 30, 0, 0, time.UTC)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 8, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		say  func(*i18n.Printer) string
		want string
	}{
		"on the hour":   {func(p *i18n.Printer) string { return p.Time(nine) }, "09:00|9 h|09:00|09:00|09:00"},
		"times":         {func(p *i18n.Printer) string { return p.TimeRange(nine, half) }, "09:00–17:30|9 h – 17 h 30|09:00–17:30|09:00–17:30|09:00–17:30"},
		"to midnight":   {func(p *i18n.Printer) string { return p.ClockRange(22*60, 1440) }, "22:00–24:00|22 h – 24 h|22:00–24:00|22:00–24:00|22:00–24:00"},
		"past midnight": {func(p *i18n.Printer) string { return p.ClockRange(22*60+5, 26*60) }, "22:05–02:00|22 h 05 – 2 h|22:05–02:00|22:05–02:00|22:05–02:00"},
		"one day":       {func(p *i18n.Printer) string { return p.DateRange(day(2026, 12, 24), day(2026, 12, 24)) }, "24 December 2026|24 décembre 2026|24 decembrie 2026|24 tháng 12, 2026|2026年12月24日"},
		"days":          {func(p *i18n.Printer) string { return p.DateRange(day(2026, 12, 1), day(2026, 12, 26)) }, "1–26 December 2026|1er–26 décembre 2026|1–26 decembrie 2026|1–26 tháng 12, 2026|2026年12月1日至26日"},
		"months":        {func(p *i18n.Printer) string { return p.DateRange(day(2026, 7, 14), day(2026, 8, 15)) }, "14 July – 15 August 2026|14 juillet – 15 août 2026|14 iulie – 15 august 2026|14 tháng 7 – 15 tháng 8, 2026|2026年7月14日至8月15日"},
		"years":         {func(p *i18n.Printer) string { return p.DateRange(day(2026, 12, 24), day(2027, 1, 3)) }, "24 December 2026 – 3 January 2027|24 décembre 2026 – 3 janvier 2027|24 decembrie 2026 – 3 ianuarie 2027|24 tháng 12, 2026 – 3 tháng 1, 2027|2026年12月24日至2027年1月3日"},
		"weekday":       {func(p *i18n.Printer) string { return p.Weekday(time.Thursday) + p.WeekdayShort(time.Sunday) }, "ThursdaySun|jeudidim.|joidum.|Thứ NămCN|星期四周日"},
		"month":         {func(p *i18n.Printer) string { return p.Month(time.December) + p.Month(time.January) }, "DecemberJanuary|décembrejanvier|decembrieianuarie|Tháng 12Tháng 1|十二月一月"},
	} {
		t.Run(name, func(t *testing.T) { each(t, time.UTC, "", c.say, languages(c.want)) })
	}
}

func TestNearDaysHaveNames(t *testing.T) {
	t.Parallel()
	paris := zone(t, "Europe/Paris")
	now := time.Date(2026, 10, 24, 23, 30, 0, 0, paris) // the night in which the clock goes back
	for days, want := range map[int]string{
		-1: "yesterday|hier|ieri|hôm qua|昨天",
		0:  "today|aujourd’hui|astăzi|hôm nay|今天",
		1:  "tomorrow|demain|mâine|ngày mai|明天",
		2:  "Monday|lundi|luni|Thứ Hai|星期一",
		6:  "Friday|vendredi|vineri|Thứ Sáu|星期五",
		7:  "Saturday 31 October|samedi 31 octobre|sâmbătă, 31 octombrie|Thứ Bảy, 31 tháng 10|10月31日星期六",
		70: "2 January 2027|2 janvier 2027|2 ianuarie 2027|2 tháng 1, 2027|2027年1月2日",
	} {
		each(t, paris, "", func(p *i18n.Printer) string { return p.Day(now.AddDate(0, 0, days).UTC(), now) }, languages(want))
	}
}

func TestNumbersAreThoseOfTheLibrary(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	for _, lang := range i18n.Languages {
		tag := language.Make(lang)
		p, reference := b.Printer(lang, nil, ""), message.NewPrinter(tag)
		for _, n := range []any{0, 7, 999, 1000, 1350, 25395, 1000000, -4020, int64(math.MaxInt64), int64(math.MinInt64), uint64(math.MaxUint64)} {
			if got, want := readable(p.Number(n)), readable(reference.Sprint(number.Decimal(n))); got != want {
				t.Errorf("%s: %v is %q, the library says %q", lang, n, got, want)
			}
		}
		for _, n := range []float64{0, 0.5, 2.4, 2.46, 1234.5, -0.25, 1e6} {
			want := readable(reference.Sprint(number.Decimal(n, number.MaxFractionDigits(2))))
			if got := readable(p.Number(n)); got != want {
				t.Errorf("%s: %v is %q, the library says %q", lang, n, got, want)
			}
		}
	}
}

func TestNumbersDoNotBreak(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	now := time.Date(2026, 11, 22, 9, 40, 0, 0, time.UTC)
	for _, lang := range i18n.Languages {
		p := b.Printer(lang, nil, "EUR")
		for _, text := range []string{p.Number(1234567), p.Money(123456), p.Percent(0.5), p.Distance(12345), p.Time(now), p.Duration(100 * time.Minute), p.TimeRange(now, now)} {
			if strings.Contains(text, " ") {
				t.Errorf("%s: %q may break", lang, text)
			}
		}
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		say  func(*i18n.Printer) string
		want string
	}{
		"euro":        {func(p *i18n.Printer) string { return p.MoneyIn(1250, "EUR") }, "€12.50|12,50 €|12,50 €|12,50 €|€12.50"},
		"whole":       {func(p *i18n.Printer) string { return p.MoneyIn(120000, "EUR") }, "€1,200|1 200 €|1.200 €|1.200 €|€1,200"},
		"small":       {func(p *i18n.Printer) string { return p.MoneyIn(-5, "EUR") }, "-€0.05|-0,05 €|-0,05 €|-0,05 €|-€0.05"},
		"leu":         {func(p *i18n.Printer) string { return p.MoneyIn(4010, "RON") }, "40.10 lei|40,10 lei|40,10 lei|40,10 lei|40.10 lei"},
		"dong":        {func(p *i18n.Printer) string { return p.MoneyIn(30000, "VND") }, "30,000 ₫|30 000 ₫|30.000 ₫|30.000 ₫|30,000 ₫"},
		"yuan":        {func(p *i18n.Printer) string { return p.MoneyIn(550, "CNY") }, "¥5.50|5,50 ¥|5,50 ¥|5,50 ¥|¥5.50"},
		"franc":       {func(p *i18n.Printer) string { return p.MoneyIn(550, "CHF") }, "CHF 5.50|5,50 CHF|5,50 CHF|5,50 CHF|CHF 5.50"},
		"own":         {func(p *i18n.Printer) string { return p.Money(100) }, "1 lei|1 lei|1 lei|1 lei|1 lei"},
		"share":       {func(p *i18n.Printer) string { return p.Percent(0.514) }, "51%|51 %|51 %|51%|51%"},
		"small share": {func(p *i18n.Printer) string { return p.Percent(0.0349) }, "3.5%|3,5 %|3,5 %|3,5%|3.5%"},
		"no number":   {func(p *i18n.Printer) string { return p.Number(math.NaN()) + p.Number("x") + p.Distance(-1) }, "–x–|–x–|–x–|–x–|–x–"},
		"near":        {func(p *i18n.Printer) string { return p.Distance(3) + p.Distance(348) }, "10 m350 m|10 m350 m|10 m350 m|10 m350 m|10米350米"},
		"far":         {func(p *i18n.Printer) string { return p.Distance(2449) }, "2.4 km|2,4 km|2,4 km|2,4 km|2.4公里"},
		"one":         {func(p *i18n.Printer) string { return p.Distance(998) }, "1 km|1 km|1 km|1 km|1公里"},
		"very far":    {func(p *i18n.Printer) string { return p.Distance(1234567) }, "1,235 km|1 235 km|1.235 km|1.235 km|1,235公里"},
		"list":        {func(p *i18n.Printer) string { return p.List([]string{"a", "b", "c"}) }, "a, b and c|a, b et c|a, b și c|a, b và c|a、b和c"},
		"choice":      {func(p *i18n.Printer) string { return p.ListOr([]string{"a", "b"}) }, "a or b|a ou b|a sau b|a hoặc b|a或b"},
		"short lists": {func(p *i18n.Printer) string { return p.List(nil) + p.List([]string{"a"}) }, "a|a|a|a|a"},
	} {
		t.Run(name, func(t *testing.T) { each(t, nil, "RON", c.say, languages(c.want)) })
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0:                              "0 min|0 min|0 min|0 phút|0分钟",
		30 * time.Second:               "1 min|1 min|1 min|1 phút|1分钟",
		45 * time.Minute:               "45 min|45 min|45 min|45 phút|45分钟",
		-45 * time.Minute:              "45 min|45 min|45 min|45 phút|45分钟",
		2 * time.Hour:                  "2 h|2 h|2 h|2 giờ|2小时",
		150 * time.Minute:              "2 h 30 min|2 h 30|2 h 30 min|2 giờ 30 phút|2小时30分钟",
		47 * time.Hour:                 "47 h|47 h|47 h|47 giờ|47小时",
		48 * time.Hour:                 "2 days|2 jours|2 zile|2 ngày|2天",
		51 * time.Hour:                 "2 days and 3 h|2 jours et 3 h|2 zile și 3 h|2 ngày và 3 giờ|2天和3小时",
		20 * 24 * time.Hour:            "20 days|20 jours|20 de zile|20 ngày|20天",
		48*time.Hour + 30*time.Minute:  "2 days|2 jours|2 zile|2 ngày|2天",
		2*time.Hour + 59*time.Second/2: "2 h 01 min|2 h 01|2 h 01 min|2 giờ 01 phút|2小时01分钟",
	} {
		each(t, nil, "", func(p *i18n.Printer) string { return p.Duration(d) }, languages(want))
	}
}

func TestSentencesBeginWithACapital(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"élan": "Élan", "": "", "đường": "Đường", "今天": "今天", "x": "X"} {
		if got := i18n.Sentence(text); got != want {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

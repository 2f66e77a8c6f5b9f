package i18n_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
	"pgregory.net/rapid"

	"parvis/internal/i18n"
)

// TestAnyNumberIsTheLibrarys compares numbers of every size with the library's own.
func TestAnyNumberIsTheLibrarys(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	for _, lang := range i18n.Languages {
		p, reference := b.Printer(lang, nil, ""), message.NewPrinter(language.Make(lang))
		rapid.Check(t, func(t *rapid.T) {
			n := rapid.Int64().Draw(t, "n")
			if got, want := readable(p.Number(n)), readable(reference.Sprint(number.Decimal(n))); got != want {
				t.Fatalf("%s: got %q, want %q", lang, got, want)
			}
			hundredths := rapid.Int64Range(-1e9, 1e9).Draw(t, "hundredths")
			f := float64(hundredths) / 100
			if got, want := readable(p.Number(f)), readable(reference.Sprint(number.Decimal(f, number.MaxFractionDigits(2)))); got != want {
				t.Fatalf("%s: got %q, want %q", lang, got, want)
			}
		})
	}
}

// amount reads back what Money wrote, in the small unit.
func amount(t *rapid.T, text string, group, decimal string, digits int) int64 {
	plain := strings.NewReplacer("€", "", "lei", "", "₫", "", "¥", "", " ", "", group, "", decimal, ".").Replace(readable(text))
	if group == "." { // the replacer goes once over the text: what was a point is gone, what was a comma is one
		plain = strings.ReplaceAll(strings.NewReplacer("€", "", "lei", "", "₫", "", "¥", "", " ", "", ".", "").Replace(readable(text)), ",", ".")
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		t.Fatalf("%q is read as %q: %v", text, plain, err)
	}
	return int64(math.Round(f * math.Pow10(digits)))
}

func TestMoneyIsWorthWhatItWas(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	separators := map[string][2]string{"en": {",", "."}, "fr": {" ", ","}, "ro": {".", ","}, "vi": {".", ","}, "zh": {",", "."}}
	digits := map[string]int{"EUR": 2, "RON": 2, "VND": 0, "CNY": 2}
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-1e11, 1e11).Draw(t, "minor")
		for _, lang := range i18n.Languages {
			for currency, d := range digits {
				text := b.Printer(lang, nil, currency).Money(minor)
				if got := amount(t, text, separators[lang][0], separators[lang][1], d); got != minor {
					t.Fatalf("%s %s: %q is %d, not %d", lang, currency, text, got, minor)
				}
			}
		}
	})
}

// TestDistancesGrow: a longer way is never told as a shorter one.
func TestDistancesGrow(t *testing.T) {
	t.Parallel()
	p := i18n.NewBundle().Printer("en", nil, "")
	metres := func(text string) float64 {
		value, unit, _ := strings.Cut(readable(text), " ")
		f, err := strconv.ParseFloat(strings.ReplaceAll(value, ",", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		if unit == "km" {
			f *= 1000
		}
		return f
	}
	last := 0.0
	for m := 0.0; m < 30_000; m += 0.5 {
		told := metres(p.Distance(m))
		if told < last || m > 100 && math.Abs(told-m) > m*0.06 {
			t.Fatalf("%v m is told as %v m after %v m", m, told, last)
		}
		last = told
	}
}

// TestSharesKeepTheirSize: rounding hides nothing that a reader would miss.
func TestSharesKeepTheirSize(t *testing.T) {
	t.Parallel()
	p := i18n.NewBundle().Printer("en", nil, "")
	for share, want := range map[float64]string{0: "0%", 0.001: "0.1%", 0.05: "5%", 0.0349: "3.5%", 0.099: "9.9%", 0.1: "10%", 0.516: "52%", 1: "100%", -0.02: "-2%", 12.5: "1,250%"} {
		if got := p.Percent(share); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
}

// TestDurationsAddUp reads days, hours and minutes back.
func TestDurationsAddUp(t *testing.T) {
	t.Parallel()
	p := i18n.NewBundle().Printer("en", nil, "")
	for minutes := range 47 * 60 {
		total := 0
		fields := strings.Fields(readable(p.Duration(time.Duration(minutes) * time.Minute)))
		for i := 0; i+1 < len(fields); i += 2 {
			n, err := strconv.Atoi(fields[i])
			if err != nil {
				t.Fatal(err)
			}
			switch fields[i+1] {
			case "h":
				n *= 60
			case "min":
			default:
				t.Fatalf("%v", fields)
			}
			total += n
		}
		if total != minutes {
			t.Fatalf("%d minutes are told as %v", minutes, fields)
		}
	}
}

// TestListsNameEverything in the order in which it was given.
func TestListsNameEverything(t *testing.T) {
	t.Parallel()
	b := i18n.NewBundle()
	items := []string{"alpha", "beta", "gamma", "delta", "epsilon"}
	for _, lang := range i18n.Languages {
		p := b.Printer(lang, nil, "")
		for n := range len(items) + 1 {
			for _, text := range []string{p.List(items[:n]), p.ListOr(items[:n])} {
				at := 0
				for _, item := range items[:n] {
					next := strings.Index(text[at:], item)
					if next < 0 {
						t.Fatalf("%s: %q lacks %s", lang, text, item)
					}
					at += next + len(item)
				}
				if at != len(text) {
					t.Errorf("%s: %q has something behind", lang, text)
				}
			}
		}
	}
}

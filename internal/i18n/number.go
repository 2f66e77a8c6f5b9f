package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Number is a number with the language's separators: "1,350", "1 350", "2,4". A fraction has at most two digits. What
// is no number is written as fmt writes it.
func (p *Printer) Number(n any) string {
	switch n := n.(type) {
	case float64:
		return p.decimal(n, 0, 2)
	case float32:
		return p.decimal(float64(n), 0, 2)
	case uint64:
		if n > math.MaxInt64 {
			return p.grouped(strconv.FormatUint(n, 10))
		}
	}
	if v, ok := integer(n); ok {
		return p.grouped(strconv.FormatInt(v, 10))
	}
	return fmt.Sprint(n)
}

// grouped puts the separator between thousands.
func (p *Printer) grouped(digits string) string {
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if len(digits) <= 3 {
		return sign + digits
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(p.way.group)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// decimal writes v with at least least and at most most digits after the separator.
func (p *Printer) decimal(v float64, least, most int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', most, 64), ".")
	for len(fraction) > least && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if whole == "-0" && fraction == "" {
		whole = "0"
	}
	if fraction == "" {
		return p.grouped(whole)
	}
	return p.grouped(whole) + p.way.decimal + fraction
}

// Percent is a share, 0.514 as "51.4%"; one digit after the separator below ten, else none but what is given whole.
func (p *Printer) Percent(share float64) string {
	digits := 0
	if math.Abs(share) < 0.1 {
		digits = 1
	}
	return p.decimal(share*100, 0, digits) + p.way.percent
}

// minorDigits are the digits of a currency's small unit, where there are not two (ISO 4217).
var minorDigits = map[string]int{"VND": 0, "JPY": 0, "KRW": 0, "XAF": 0, "XOF": 0, "TND": 3}

// Money is an amount in the reader's currency, given in its small unit (cents, bani, fen; đồng have none). Whole
// amounts go without cents: "12 €", "12,50 €", "€12.50", "30.000 ₫", "¥5".
func (p *Printer) Money(minor int64) string { return p.MoneyIn(minor, p.currency) }

// MoneyIn is Money in a currency of one's choice (ISO 4217).
func (p *Printer) MoneyIn(minor int64, currency string) string {
	digits, ok := minorDigits[currency]
	if !ok {
		digits = 2
	}
	unit := int64(math.Pow10(digits))
	minus, whole, rest := "", minor/unit, minor%unit
	if minor < 0 {
		minus, whole, rest = "-", -whole, -rest
	}
	amount := p.grouped(strconv.FormatInt(whole, 10))
	if rest != 0 {
		amount += p.way.decimal + fmt.Sprintf("%0*d", digits, rest)
	}
	s, ok := p.way.signs[currency]
	if !ok {
		s = sign{currency, p.way.moneyBefore, nbsp}
	}
	if s.before {
		return minus + s.text + s.space + amount
	}
	return minus + amount + s.space + s.text
}

// Distance is a way in metres, rounded as one would say it: "40 m", "350 m", "2.4 km", "12 km".
func (p *Printer) Distance(metres float64) string {
	switch {
	case metres < 0 || math.IsNaN(metres):
		return "–"
	case metres < 995:
		return p.decimal(max(10, math.Round(metres/10)*10), 0, 0) + p.way.metre
	case metres < 9950:
		return p.decimal(metres/1000, 0, 1) + p.way.kilometre
	}
	return p.decimal(metres/1000, 0, 0) + p.way.kilometre
}

// List joins texts as the language does: "a, b and c".
func (p *Printer) List(texts []string) string { return p.join(texts, p.way.and) }

// ListOr joins choices: "a, b or c".
func (p *Printer) ListOr(texts []string) string { return p.join(texts, p.way.or) }

func (p *Printer) join(texts []string, last string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	end := len(texts) - 1
	return strings.Join(texts[:end], p.way.listMiddle) + last + texts[end]
}

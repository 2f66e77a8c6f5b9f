package i18n

import (
	"strconv"
	"strings"
	"time"
)

func words(text string) []string { return strings.Fields(text) }

// numbered are twelve months that are called by their number.
func numbered(before, after string) []string {
	months := make([]string, 12)
	for i := range months {
		months[i] = before + strconv.Itoa(i+1) + after
	}
	return months
}

// write appends t as the pattern says. Inside braces the pattern speaks of u, the end of a range.
func (w *way) write(b []byte, pattern string, t, u time.Time) []byte {
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			end := strings.IndexByte(pattern[i+1:], '\'')
			b = append(b, pattern[i+1:i+1+end]...)
			i += end + 2
		case c == '{' || c == '}':
			t, u = u, t
			i++
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
			end := i
			for end < len(pattern) && pattern[end] == c {
				end++
			}
			b = w.field(b, pattern[i:end], t)
			i = end
		default:
			b = append(b, c)
			i++
		}
	}
	return b
}

func (w *way) field(b []byte, field string, t time.Time) []byte {
	switch field {
	case "d":
		if t.Day() == 1 && w.firstOfMonth != "" {
			return append(b, w.firstOfMonth...)
		}
		return strconv.AppendInt(b, int64(t.Day()), 10)
	case "M":
		return strconv.AppendInt(b, int64(t.Month()), 10)
	case "MMM":
		return append(b, w.monthsShort[t.Month()-1]...)
	case "MMMM":
		return append(b, w.months[t.Month()-1]...)
	case "y":
		return strconv.AppendInt(b, int64(t.Year()), 10)
	case "EEEE":
		return append(b, w.weekdays[t.Weekday()]...)
	case "H":
		return strconv.AppendInt(b, int64(t.Hour()), 10)
	case "HH":
		return two(b, t.Hour())
	case "mm":
		return two(b, t.Minute())
	}
	return append(b, field...)
}

func two(b []byte, n int) []byte { return append(b, byte('0'+n/10%10), byte('0'+n%10)) }

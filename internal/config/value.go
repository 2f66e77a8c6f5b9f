package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// assign gives a field a value: text, as the environment and defaults have it, or what TOML made of it.
func assign(field reflect.Value, value any) error {
	switch to := field.Addr().Interface().(type) {
	case *string:
		return text(value, func(s string) error { *to = s; return nil })
	case *Secret:
		if _, ok := value.(string); !ok {
			return errors.New("it should be a text in quotation marks") // and not shown
		}
		return text(value, func(s string) error { *to = Secret(s); return nil })
	case *bool:
		return assignBool(to, value)
	case *int:
		return assignInt(to, value)
	case *time.Duration:
		return text(value, func(s string) (err error) {
			if *to, err = time.ParseDuration(s); err != nil || *to < 0 {
				return fmt.Errorf("%q is not a time such as \"20s\" or \"2m\"", s)
			}
			return nil
		})
	case *slog.Level:
		return text(value, func(s string) error { return assignLevel(to, s) })
	case *[]netip.Prefix:
		return assignPrefixes(to, value)
	}
	panic("config: a field of type " + field.Type().String()) // a new type was not given a reader
}

func text(value any, use func(string) error) error {
	s, ok := value.(string)
	if !ok {
		return fmt.Errorf("%v should be a text in quotation marks", value)
	}
	return use(strings.TrimSpace(s))
}

func assignBool(to *bool, value any) error {
	switch value {
	case true, "true", "1", "yes", "on":
		*to = true
	case false, "false", "0", "no", "off", "":
		*to = false
	default:
		return fmt.Errorf("%v should be true or false", value)
	}
	return nil
}

func assignInt(to *int, value any) error {
	switch value := value.(type) {
	case int64:
		*to = int(value)
		return nil
	case string:
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
			*to = n
			return nil
		}
	}
	return fmt.Errorf("%q should be a whole number", fmt.Sprint(value))
}

func assignLevel(to *slog.Level, s string) error {
	switch strings.ToLower(s) {
	case "debug":
		*to = slog.LevelDebug
	case "info":
		*to = slog.LevelInfo
	case "warn":
		*to = slog.LevelWarn
	case "error":
		*to = slog.LevelError
	default:
		return fmt.Errorf("%q should be debug, info, warn or error", s)
	}
	return nil
}

// assignPrefixes reads a list from TOML, or a text with commas. A bare address means that address alone.
func assignPrefixes(to *[]netip.Prefix, value any) error {
	var texts []string
	switch value := value.(type) {
	case string:
		for s := range strings.SplitSeq(value, ",") {
			if s = strings.TrimSpace(s); s != "" {
				texts = append(texts, s)
			}
		}
	case []any:
		for _, v := range value {
			texts = append(texts, fmt.Sprint(v))
		}
	default:
		return fmt.Errorf("%v should be a list such as [\"10.0.0.0/8\"]", value)
	}
	var all []netip.Prefix
	for _, s := range texts {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			addr, err := netip.ParseAddr(s)
			if err != nil {
				return fmt.Errorf("%q should be an address or a network such as \"10.0.0.0/8\"", s)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		all = append(all, prefix.Masked())
	}
	*to = all
	return nil
}

// show is a value as TOML writes it. Secrets show only that they are set.
func show(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case Secret:
		return strconv.Quote(v.String())
	case time.Duration:
		return strconv.Quote(v.String())
	case slog.Level:
		return strconv.Quote(strings.ToLower(v.String()))
	case []netip.Prefix:
		quoted := make([]string, len(v))
		for i, p := range v {
			quoted[i] = strconv.Quote(p.String())
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return fmt.Sprint(v)
}

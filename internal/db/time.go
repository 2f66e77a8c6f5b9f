package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is an instant as it is stored: UTC, to the millisecond, a BIGINT column. Its zero value is NULL.
type Time struct{ time.Time }

// At is t as it will be read back: in UTC, cut to the millisecond.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{time.UnixMilli(t.UnixMilli()).UTC()}
}

// Millis is the instant of a stored number of milliseconds since 1970.
func Millis(n int64) Time { return Time{time.UnixMilli(n).UTC()} }

// Value gives the driver the number of milliseconds since 1970, or NULL.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMilli(), nil
}

// Scan reads what Value wrote.
func (t *Time) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Millis(v)
	default:
		return fmt.Errorf("an instant is kept as a number of milliseconds, not as %T", src)
	}
	return nil
}

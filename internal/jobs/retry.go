package jobs

import (
	"errors"
	"time"
)

// The wait after a failure: it doubles from the first to the longest, and up to a quarter is added by chance, so that
// what failed together does not come back together.
const (
	firstWait   = 10 * time.Second
	longestWait = 6 * time.Hour
	chance      = 0.25
)

// wait is how long a job that failed for the nth time waits; luck is between 0 and 1.
func wait(attempt int, luck float64) time.Duration {
	d := longestWait
	if n := max(attempt-1, 0); n < 12 {
		d = min(firstWait<<n, longestWait)
	}
	return d + time.Duration(chance*luck*float64(d))
}

type deadError struct{ error }

func (e deadError) Unwrap() error { return e.error }

// Dead marks an error that no further try will heal: the job is put aside at once.
func Dead(err error) error { return deadError{err} }

type laterError struct {
	error
	wait time.Duration
}

func (e laterError) Unwrap() error { return e.error }

// Later puts the job off without counting the try: what it needs is not there yet.
func Later(wait time.Duration, err error) error { return laterError{err, wait} }

// verdict is what becomes of a job whose handler returned err.
type verdict uint8

const (
	done verdict = iota
	retry
	later
	dead
)

// judge decides what becomes of a job, and after which wait.
func judge(err error, j *Job, luck float64) (verdict, time.Duration) {
	var off laterError
	switch {
	case err == nil:
		return done, 0
	case IsDead(err):
		return dead, 0
	case errors.As(err, &off):
		return later, off.wait
	case j.LastTry():
		return dead, 0
	}
	return retry, wait(j.Attempt, luck)
}

// IsDead reports whether err is marked as one that no further try will heal.
func IsDead(err error) bool {
	var never deadError
	return errors.As(err, &never)
}

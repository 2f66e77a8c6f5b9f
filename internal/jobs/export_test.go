package jobs

import (
	"context"
	"time"
)

// Wait lets a test read how long a failure waits.
var Wait = wait

// Take lets a test take jobs and do nothing with them, as a worker does that is killed.
func (r *Runner) Take(ctx context.Context, n int) ([]*Job, error) { return r.take(ctx, n) }

// Finish lets a test end a job late.
func (j *Job) Finish(ctx context.Context) error { return j.finish(ctx) }

// Renew lets a test give a sign of life.
func (j *Job) Renew(ctx context.Context, lease time.Duration) error { return j.renew(ctx, lease) }

package directory

import (
	"context"
	"errors"
	"time"

	"parvis/internal/jobs"
)

// eraseJob is the daily work of erasing what people said in remarks, once its time has come.
const eraseJob = "erase-remarks"

// remindJob is the daily work of asking teams whether their records are still right, and linksJob that of forgetting the
// links and the imports of long ago.
const (
	remindJob = "remind-teams"
	linksJob  = "forget-links"
)

// Jobs gives the directory's work to a runner: remarks are erased each night, teams are asked on working days.
func (d *Directory) Jobs(r *jobs.Runner) {
	r.Handle(jobs.Kind{Name: eraseJob, Do: func(ctx context.Context, _ *jobs.Job) error {
		n, err := d.EraseRemarks(ctx)
		if n > 0 {
			d.log.Info("remarks erased", "n", n)
		}
		return err
	}})
	r.Schedule(jobs.Schedule{Name: eraseJob, Kind: eraseJob, Next: jobs.Daily(3, 10, d.setting.Zone)})
	r.Handle(jobs.Kind{Name: remindJob, Timeout: 5 * time.Minute, Do: func(ctx context.Context, _ *jobs.Job) error {
		n, err := d.Remind(ctx)
		if n > 0 {
			d.log.Info("teams asked whether their records are right", "n", n)
		}
		return err
	}})
	r.Schedule(jobs.Schedule{Name: remindJob, Kind: remindJob,
		Next: jobs.Daily(9, 20, d.setting.Zone, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	r.Handle(jobs.Kind{Name: linksJob, Do: func(ctx context.Context, _ *jobs.Job) error {
		_, err := d.ForgetLinks(ctx)
		_, more := d.ForgetImports(ctx)
		return errors.Join(err, more)
	}})
	r.Schedule(jobs.Schedule{Name: linksJob, Kind: linksJob, Next: jobs.Daily(3, 20, d.setting.Zone)})
}

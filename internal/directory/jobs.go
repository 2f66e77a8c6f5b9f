package directory

import (
	"context"

	"parvis/internal/jobs"
)

// eraseJob is the daily work of erasing what people said in remarks, once its time has come.
const eraseJob = "erase-remarks"

// Jobs gives the directory's work to a runner: remarks are erased each night.
func (d *Directory) Jobs(r *jobs.Runner) {
	r.Handle(jobs.Kind{Name: eraseJob, Do: func(ctx context.Context, _ *jobs.Job) error {
		n, err := d.EraseRemarks(ctx)
		if n > 0 {
			d.log.Info("remarks erased", "n", n)
		}
		return err
	}})
	r.Schedule(jobs.Schedule{Name: eraseJob, Kind: eraseJob, Next: jobs.Daily(3, 10, d.setting.Zone)})
}

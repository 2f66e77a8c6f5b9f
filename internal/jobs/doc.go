// Package jobs does work after the answer: mails, imports, exports, cleaning. A job is a row of the database, written in
// the transaction that makes it necessary, so that the change and its consequence are kept together or not at all.
//
// What always holds:
//   - A job runs at least once. It may run twice, when a worker dies at the wrong moment: an effect on the database
//     belongs into Job.Then or Job.Once, which happen once; an effect outside carries the job's id.
//   - A worker holds a job by a lease that it renews. When it dies, the lease ends and another worker takes the job.
//   - Of the jobs of one kind under one unique key, one is alive. Asked for while it runs, it runs once more after.
//   - A job that fails waits longer each time, with some chance in it, and is put aside as dead when its tries are used
//     up. A dead job stays, can be looked at, and is put back under its own id.
//   - No job stands in another's way: a handler that panics, hangs or fails costs its own job and nothing else.
//   - A kind that this program does not know is left for the one that does.
package jobs

package db_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"parvis/internal/db"
)

// BenchmarkWrites has 64 callers write small rows durably, sharing commits and with a commit each.
func BenchmarkWrites(b *testing.B) {
	for name, most := range map[string]int{"shared": 0, "each": 1} {
		b.Run(name, func(b *testing.B) {
			d, err := db.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "writes.db"), db.Options{MaxBatch: most})
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			if err := d.Migrate(ctx); err != nil {
				b.Fatal(err)
			}
			var next atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for range 64 {
				all.Go(func() {
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						if err := d.Write(ctx, func(tx *db.Tx) error { return set(tx, fmt.Sprint(n), "v") }); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			s := d.Stats()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
			b.ReportMetric(float64(s.Writes)/float64(s.Commits), "callers/commit")
		})
	}
}

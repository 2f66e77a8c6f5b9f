package directory

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// crowd fills a store with made places, one or two services at each.
func crowd(b testing.TB, d *db.DB, n int) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 6000)
	for i := range words {
		word := make([]byte, 5+r.IntN(5))
		for j := range word {
			word[j] = "aeioubcdlmnprst"[r.IntN(15)]
		}
		words[i] = string(word)
	}
	said := func(n int) i18n.Text {
		text := ""
		for range n {
			text += words[r.IntN(len(words))] + " "
		}
		return i18n.Text{"fr": text[:len(text)-1]}
	}
	needs, kinds := Codes(GroupNeed), Codes(GroupKind)
	for from := 0; from < n; from += batch {
		err := d.Write(b.Context(), func(tx *db.Tx) error {
			var places, services [][]any
			for i := from; i < min(n, from+batch); i++ {
				p := Place{ID: fmt.Sprintf("p%07d", i), Kind: kinds[r.IntN(len(kinds))], Name: said(3), About: said(8), Wheelchair: WheelchairYes,
					Address: Address{Street: fmt.Sprint(i%90, " rue Neuve"), Postcode: "59000", Town: words[r.IntN(600)]}, Languages: []string{"fr"},
					Point: &geo.Point{Lat: 50 + r.Float64(), Lon: 3 + r.Float64()}, Hours: ReadHours(fmt.Sprintf("Mo-Fr %02d:00-%02d:30", 7+i%4, 12+i%6))}
				places = append(places, p.values())
				for k := range 1 + i%2 {
					s := Service{ID: fmt.Sprintf("s%07d-%d", i, k), Place: p.ID, Name: said(2), Needs: []string{needs[r.IntN(len(needs))], needs[r.IntN(len(needs))]},
						Ways: []string{WayCounter}, Fee: FeeFree}
					services = append(services, s.values())
				}
			}
			if err := placeTable.add(tx, places); err != nil {
				return err
			}
			return serviceTable.add(tx, services)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoad makes the index of 20,000 places; it tells the time and the memory of one.
func BenchmarkLoad(b *testing.B) {
	const n = 20000
	d := dbtest.Open(b, dbtest.SQLite(b), db.Options{})
	crowd(b, d, n)
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	kept := 0.0
	for b.Loop() {
		b.StopTimer()
		dir, _ := open(b, d, north(b))
		before := heap()
		b.StartTimer()
		if err := dir.Load(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		kept = heap() - before
		runtime.KeepAlive(dir)
		b.StartTimer()
	}
	b.ReportMetric(kept/n, "B/place")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/place")
}

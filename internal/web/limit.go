package web

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits is how much one network (an IPv4 address, an IPv6 /64) may ask. A village hall, a school or a whole mobile
// carrier may share one address, so reading is generous; pages from memory and files are not counted at all. Who sits on
// the machine itself, with no proxy between, is not limited. A zero field is the default, a negative one is no limit.
type Limits struct {
	Reads      float64 // a second; 40
	ReadBurst  int     // at once; 800
	Writes     float64 // a second; 1
	WriteBurst int     // at once; 60
}

func (l Limits) filled() Limits {
	if l.Reads == 0 {
		l.Reads = 40
	}
	if l.ReadBurst == 0 {
		l.ReadBurst = 800
	}
	if l.Writes == 0 {
		l.Writes = 1
	}
	if l.WriteBurst == 0 {
		l.WriteBurst = 60
	}
	return l
}

// limiter counts networks. It forgets those that were quiet long enough to have all their room back.
type limiter struct {
	mu      sync.Mutex
	limits  Limits
	known   map[netip.Addr]*visits
	swept   time.Time
	crowded int // above this many networks, quiet ones are forgotten early
}

type visits struct {
	reads, writes *rate.Limiter
	last          time.Time
}

func newLimiter(limits Limits) *limiter {
	return &limiter{limits: limits.filled(), known: map[netip.Addr]*visits{}, crowded: 100_000}
}

// allow takes one from the network's room.
func (l *limiter) allow(p peer, method string, now time.Time) bool {
	write := method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
	if p.direct && p.addr.IsLoopback() || write && l.limits.Writes < 0 || !write && l.limits.Reads < 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	v := l.known[p.network()]
	if v == nil {
		v = &visits{
			reads:  rate.NewLimiter(rate.Limit(l.limits.Reads), l.limits.ReadBurst),
			writes: rate.NewLimiter(rate.Limit(l.limits.Writes), l.limits.WriteBurst),
		}
		l.known[p.network()] = v
	}
	v.last = now
	if write {
		return v.writes.AllowN(now, 1)
	}
	return v.reads.AllowN(now, 1)
}

func (l *limiter) sweep(now time.Time) {
	quiet := 5 * time.Minute
	if len(l.known) > l.crowded {
		quiet = 10 * time.Second
	}
	if now.Sub(l.swept) < quiet/5 {
		return
	}
	l.swept = now
	for network, v := range l.known {
		if now.Sub(v.last) > quiet {
			delete(l.known, network)
		}
	}
}

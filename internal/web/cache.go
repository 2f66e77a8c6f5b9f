package web

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// entry is one page in memory, compressed: nearly every browser takes it so, and many more fit.
type entry struct {
	key      string
	route    *Route
	sequence int64     // the last event when its making began
	tick     time.Time // the span of Route.Fresh in which it was made
	kind     []string  // Content-Type
	lang     []string
	tag      []string // ETag
	zipped   []byte
	length   []string // of it, in bytes
}

func newEntry(key string, route *Route, sequence int64, tick time.Time, made *kept) *entry {
	e := &entry{
		key: key, route: route, sequence: sequence, tick: tick, kind: made.header["Content-Type"],
		lang: made.header["Content-Language"],
	}
	e.tag = []string{tagOf(made.body.Bytes())}
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer release(b)
	zip(b, made.body.Bytes())
	e.zipped = bytes.Clone(b.Bytes())
	e.length = []string{strconv.Itoa(len(e.zipped))}
	return e
}

// zip writes text compressed; to memory, which does not fail.
func zip(b *bytes.Buffer, text []byte) {
	w := zippers.Get().(*gzip.Writer)
	defer zippers.Put(w)
	w.Reset(b)
	_, _ = w.Write(text)
	_ = w.Close()
}

func (e *entry) size() int64 { return int64(len(e.zipped) + len(e.key) + 512) }

// serve answers from memory; the security headers are already set.
func (e *entry) serve(w http.ResponseWriter, r *http.Request) (status int, sent int64) {
	header := w.Header()
	header["Content-Type"], header["Etag"], header["Cache-Control"], header["Vary"] = e.kind, e.tag, ask, varies
	if e.lang != nil {
		header["Content-Language"] = e.lang
	}
	if match := r.Header["If-None-Match"]; len(match) > 0 && matches(match[0], e.tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified, 0
	}
	if !accepts(r) {
		return e.servePlain(w, r)
	}
	header["Content-Encoding"], header["Content-Length"] = gzipped, e.length
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return http.StatusOK, 0
	}
	n, _ := w.Write(e.zipped)
	return http.StatusOK, int64(n)
}

// servePlain answers a browser that does not take gzip.
func (e *entry) servePlain(w http.ResponseWriter, r *http.Request) (status int, sent int64) {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer release(b)
	if packed, err := gzip.NewReader(bytes.NewReader(e.zipped)); err == nil { // our own: it can be read
		_, _ = io.Copy(b, packed)
	}
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return http.StatusOK, 0
	}
	n, _ := w.Write(b.Bytes())
	return http.StatusOK, int64(n)
}

// tagOf names a text by its content, for the browser to ask whether it has changed.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:9]) + `"`
}

func matches(header, tag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// memory keeps pages that are the same for every visitor, the most recently asked for, up to a number of bytes.
type memory struct {
	mu     sync.Mutex
	byKey  map[string]*list.Element // of *entry
	recent *list.List               // front: just asked for
	bytes  int64
	max    int64
	making map[string]*making
}

// making is a page that somebody renders right now; others who ask for it wait.
type making struct {
	done  chan struct{}
	entry *entry
}

func newMemory(limit int64) *memory {
	if limit == 0 {
		limit = 16 << 20
	}
	return &memory{byKey: map[string]*list.Element{}, recent: list.New(), max: limit, making: map[string]*making{}}
}

// find gives the page when it is still true: no event since, and the same tick.
func (m *memory) find(key string, sequence int64, now time.Time) *entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lookup(key, sequence, now)
}

func (m *memory) lookup(key string, sequence int64, now time.Time) *entry {
	at, ok := m.byKey[key]
	if !ok {
		return nil
	}
	e := at.Value.(*entry)
	if e.sequence != sequence || !e.tick.Equal(tick(e.route, now)) {
		m.drop(at)
		return nil
	}
	m.recent.MoveToFront(at)
	return e
}

// tick is the span of the route's Fresh that now lies in; zero where only events count.
func tick(route *Route, now time.Time) time.Time {
	if route.Fresh <= 0 {
		return time.Time{}
	}
	return now.Truncate(route.Fresh)
}

func (m *memory) drop(at *list.Element) {
	e := m.recent.Remove(at).(*entry)
	delete(m.byKey, e.key)
	m.bytes -= e.size()
}

func (m *memory) keep(e *entry) {
	if e.size() > m.max/8 {
		return
	}
	if old, ok := m.byKey[e.key]; ok {
		m.drop(old)
	}
	m.byKey[e.key] = m.recent.PushFront(e)
	for m.bytes += e.size(); m.bytes > m.max; {
		m.drop(m.recent.Back())
	}
}

// get gives the page, made by render when it is not there. One caller makes it; the others wait for it. Nil: it could
// not be made to keep (an error page, a redirect), and each caller renders its own.
func (m *memory) get(key string, sequence int64, now time.Time, render func() *entry) *entry {
	m.mu.Lock()
	if e := m.lookup(key, sequence, now); e != nil {
		m.mu.Unlock()
		return e
	}
	wait := key + "\x00" + strconv.FormatInt(sequence, 10)
	if other, busy := m.making[wait]; busy {
		m.mu.Unlock()
		<-other.done
		return other.entry
	}
	mine := &making{done: make(chan struct{})}
	m.making[wait] = mine
	m.mu.Unlock()
	defer func() { // a render that panics must not leave the others waiting
		m.mu.Lock()
		delete(m.making, wait)
		if mine.entry != nil {
			m.keep(mine.entry)
		}
		m.mu.Unlock()
		close(mine.done)
	}()
	mine.entry = render()
	return mine.entry
}

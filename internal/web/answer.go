package web

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// release gives a buffer back, unless it grew too large to keep.
func release(b *bytes.Buffer) {
	if b.Cap() <= 1<<20 {
		buffers.Put(b)
	}
}

var zippers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, zipLevel)
	return w
}}

// zipLevel makes pages hardly larger than the best level does (one byte in a hundred and fifty), in two fifths of the time.
const zipLevel = 6

// worthZipping is how many bytes a first write must have: below, the frame costs more than it saves.
const worthZipping = 600

// answer is the writer that a handler gets: it notes what was sent, and compresses where that pays.
type answer struct {
	http.ResponseWriter
	status  int
	bytes   int64
	gzip    bool // the browser takes it
	zipper  *gzip.Writer
	started bool
	left    func() error // not nil when the person has gone
}

func (a *answer) WriteHeader(status int) {
	if a.started {
		return
	}
	if status < 200 { // an interim answer; the real one follows
		a.ResponseWriter.WriteHeader(status)
		return
	}
	if a.status == 0 {
		a.status = status
	}
}

// start sends the header, now that the first bytes are known.
func (a *answer) start(first []byte) {
	if a.started {
		return
	}
	a.started = true
	if a.status == 0 {
		a.status = http.StatusOK
	}
	header := a.Header()
	if a.gzip && len(first) >= worthZipping && a.status != http.StatusPartialContent &&
		header.Get("Content-Encoding") == "" && header.Get("Content-Range") == "" && compressible(header.Get("Content-Type")) {
		header["Content-Encoding"] = gzipped
		header.Add("Vary", "Accept-Encoding")
		header.Del("Content-Length")
		header.Del("Accept-Ranges")
		a.zipper = zippers.Get().(*gzip.Writer)
		a.zipper.Reset(counter{a})
	}
	a.ResponseWriter.WriteHeader(a.status)
}

func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind {
	case "application/json", "application/geo+json", "application/xml", "image/svg+xml", "application/rss+xml",
		"application/vnd.mapbox-vector-tile", "application/ld+json":
		return true
	case "text/event-stream":
		return false
	}
	return strings.HasPrefix(kind, "text/")
}

func (a *answer) Write(b []byte) (int, error) {
	a.start(b)
	if a.zipper != nil {
		return a.zipper.Write(b)
	}
	return counter{a}.Write(b)
}

// counter is the way to the network, counted.
type counter struct{ *answer }

func (c counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}

// FlushError sends what is there (live pages).
func (a *answer) FlushError() error {
	a.start(nil)
	if a.zipper != nil {
		if err := a.zipper.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(a.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach deadlines.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// finish ends the answer.
func (a *answer) finish() {
	a.start(nil)
	if a.zipper != nil {
		_ = a.zipper.Close()
		zippers.Put(a.zipper)
		a.zipper = nil
	}
}

// kept is an answer held in memory: what a shared page's handler writes.
type kept struct {
	header http.Header
	status int
	body   *bytes.Buffer
}

func newKept() *kept {
	k := &kept{header: http.Header{}, body: buffers.Get().(*bytes.Buffer)}
	k.body.Reset()
	return k
}

func (k *kept) Header() http.Header { return k.header }

func (k *kept) WriteHeader(status int) {
	if k.status == 0 && status >= 200 {
		k.status = status
	}
}

func (k *kept) Write(b []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	return k.body.Write(b)
}

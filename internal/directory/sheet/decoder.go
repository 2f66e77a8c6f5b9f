package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// decoder reads XML of which neither one token nor the whole is larger than it may be.
type decoder struct {
	xml   *xml.Decoder
	meter *meter
	file  io.Closer
}

// meter counts what is unpacked, since the last token and in all.
type meter struct {
	r     io.Reader
	token int64 // left for this token
	all   int64 // left for the part
}

func (m *meter) Read(p []byte) (int, error) {
	if m.token <= 0 || m.all <= 0 {
		return 0, ErrTooLarge
	}
	n, err := m.r.Read(p)
	m.token -= int64(n)
	m.all -= int64(n)
	return n, err
}

func newDecoder(f io.ReadCloser, most int64) *decoder {
	m := &meter{r: f, token: MostCell, all: most}
	d := &decoder{xml: xml.NewDecoder(m), meter: m, file: f}
	d.xml.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("%w: it is written in %s", ErrNoSheet, charset)
	}
	return d
}

// token gives the next token. A file that breaks off or is no XML is ErrNoSheet, one that grows beyond its limits is
// ErrTooLarge.
func (d *decoder) token() (xml.Token, error) {
	d.meter.token = MostCell
	token, err := d.xml.RawToken()
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, ErrTooLarge), errors.Is(err, ErrNoSheet):
		return token, err
	}
	return nil, fmt.Errorf("%w: %v", ErrNoSheet, err)
}

// skip passes over the element that has just begun.
func (d *decoder) skip() error {
	for depth := 1; depth > 0; {
		token, err := d.token()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: it breaks off", ErrNoSheet)
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func (d *decoder) close() { _ = d.file.Close() }

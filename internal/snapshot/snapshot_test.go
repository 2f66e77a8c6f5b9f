package snapshot_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/snapshot"
)

// things are what one file holds.
type things struct {
	Number  uint64
	Float   float64
	Text    string
	Numbers []uint32
	Texts   []string
}

func write(t interface{ Fatal(...any) }, all things) []byte {
	var file bytes.Buffer
	w := snapshot.NewWriter(&file)
	w.Uint(all.Number)
	w.Float(all.Float)
	w.Text(all.Text)
	w.Uint(uint64(len(all.Numbers)))
	w.Uints(all.Numbers)
	w.Uint(uint64(len(all.Texts)))
	w.Texts(len(all.Texts), func(i int) string { return all.Texts[i] })
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func read(file []byte) (all things, err error) {
	r := snapshot.NewReader(bytes.NewReader(file))
	all.Number, all.Float, all.Text = r.Uint(), r.Float(), r.Text()
	if n := r.Len(); r.Err() == nil && n < 1<<20 {
		all.Numbers = make([]uint32, n)
		r.Uints(all.Numbers)
	}
	if n := r.Len(); r.Err() == nil && n < 1<<20 {
		all.Texts = make([]string, n)
		r.Texts(n, func(i int, text string) { all.Texts[i] = text })
	}
	return all, r.Err()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := things{
			Number: rapid.Uint64().Draw(t, "number"), Float: rapid.Float64().Draw(t, "float"), Text: rapid.String().Draw(t, "text"),
			Numbers: rapid.SliceOfN(rapid.Uint32(), 0, 10000).Draw(t, "numbers"), Texts: rapid.SliceOf(rapid.String()).Draw(t, "texts"),
		}
		if got, err := read(write(t, want)); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, %v\nwant %+v", got, err, want)
		}
	})
}

func TestLongTextsAreRead(t *testing.T) {
	t.Parallel()
	want := things{Numbers: []uint32{}, Texts: []string{"", strings.Repeat("a", 1<<17), "", "b", strings.Repeat("c", 1<<16)}}
	if got, err := read(write(t, want)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%d texts, %v", len(got.Texts), err)
	}
}

// Whatever is cut off or changed: it is told, never given for true.
func TestDamageIsTold(t *testing.T) {
	t.Parallel()
	whole := write(t, things{Number: 7, Text: "seven", Numbers: make([]uint32, 5000), Texts: strings.Split(strings.Repeat("a text,", 3000), ",")})
	for n := range len(whole) {
		if _, err := read(whole[:n]); err == nil {
			t.Fatalf("nobody misses what comes after byte %d", n)
		}
	}
	for n := range whole {
		damaged := bytes.Clone(whole)
		damaged[n] ^= 0x10
		got, err := read(damaged)
		if want, _ := read(whole); err == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("byte %d is another, and %+v is read", n, got.Number)
		}
	}
}

package directoryweb_test

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parvis/internal/web/webtest"
)

// readCode reads a QR code back as a phone does. The drawing is made of whole squares: its path is drawn onto a grid and
// given to zbarimg as a picture.
func readCode(t *testing.T, drawing string) string {
	t.Helper()
	reader, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("zbarimg is not on this machine: the codes are not read back")
	}
	drawing, _, _ = strings.Cut(drawing, "</svg>")
	box := regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`).FindStringSubmatch(drawing)
	paths := regexp.MustCompile(`<path d="([^"]*)"`).FindAllStringSubmatch(drawing, -1)
	if box == nil || len(paths) == 0 {
		t.Fatalf("no code in %.300s", drawing)
	}
	size, _ := strconv.Atoi(box[1])
	dark := squares(t, paths[len(paths)-1][1], size)
	const scale = 6
	var b strings.Builder
	b.WriteString("P1\n" + strconv.Itoa(size*scale) + " " + strconv.Itoa(size*scale) + "\n")
	for y := range size * scale {
		for x := range size * scale {
			if dark[y/scale][x/scale] {
				b.WriteString("1 ")
			} else {
				b.WriteString("0 ")
			}
		}
		b.WriteString("\n")
	}
	file := filepath.Join(t.TempDir(), "code.pbm")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), reader, "--quiet", "--raw", file).Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	return strings.TrimSpace(string(out))
}

var move = regexp.MustCompile(`M(-?\d+)[ ,]?(-?\d+)h(\d+)v1h-\d+z?`)

// squares are the dark squares of a code's path, which draws each run of them as "M x y h n v1 h-n z".
func squares(t *testing.T, path string, size int) [][]bool {
	t.Helper()
	dark := make([][]bool, size)
	for i := range dark {
		dark[i] = make([]bool, size)
	}
	runs := move.FindAllStringSubmatch(path, -1)
	if len(runs) == 0 {
		t.Fatalf("a path of another kind: %.200s", path)
	}
	for _, run := range runs {
		x, _ := strconv.Atoi(run[1])
		y, _ := strconv.Atoi(run[2])
		n, _ := strconv.Atoi(run[3])
		for i := range n {
			dark[y][x+i] = true
		}
	}
	return dark
}

func TestTheMapIsShared(t *testing.T) {
	each(t, "sector4", func(t *testing.T, w *world) {
		page := w.In("ro").Get("/share").Is(200)
		const address = "http://vald.localhost:8080/map"
		holds(t, "the page", page.Text("main"), "Distribuiți harta", address)
		if page.Attr(`main a[href="/map"]`, "href") == "" || page.Attr(`main a[href="/poster"]`, "href") == "" || page.Attr(`main a[href="/share/qr.svg"]`, "href") == "" {
			t.Error("ways on")
		}
		mail := page.Attr(`main a[href^="mailto:"]`, "href")
		letter, err := url.ParseQuery(strings.TrimPrefix(mail, "mailto:?"))
		if err != nil || !strings.Contains(letter.Get("body"), address) || letter.Get("subject") != "Ajutor aproape de dumneavoastră" || strings.Contains(mail, "+") {
			t.Errorf("letter %s", mail)
		}
		picture := w.Get("/share/qr.svg").Is(200)
		if picture.Header.Get("Content-Type") != "image/svg+xml" {
			t.Errorf("the code is %s", picture.Header.Get("Content-Type"))
		}
		if got := readCode(t, picture.Body); got != address {
			t.Errorf("the code leads to %s", got)
		}
		if got := readCode(t, page.Body[strings.Index(page.Body, `<svg class="qr"`):]); got != address {
			t.Errorf("the code of the page leads to %s", got)
		}
	})
}

func TestThePosterHangsByItself(t *testing.T) {
	each(t, "sector4", func(t *testing.T, w *world) {
		for lang, want := range map[string][]string{
			"ro": {"Ajutor aproape de dumneavoastră", "Scanați cu telefonul", "sau scrieți", "sau sunați"}, "en": {"Help is near you", "Scan with your phone"},
			"fr": {"De l’aide près de chez vous", "Scannez avec votre téléphone"}, "vi": {"Có nơi giúp đỡ gần bạn", "Quét bằng điện thoại"}, "zh": {"帮助就在您身边", "用手机扫一扫"},
		} {
			page := w.In(lang).Get("/poster").Is(200)
			holds(t, lang, page.Text("article.poster"), append(want, "vald.localhost:8080/map", pack(t, "sector4").Phone)...)
			if contains(page.Text("article.poster"), "http://") {
				t.Errorf("%s: nobody types http://", lang)
			}
		}
		page := w.In("ro").Get("/poster")
		if got := readCode(t, page.Body[strings.Index(page.Body, `<svg class="qr"`):]); got != "http://vald.localhost:8080/map" {
			t.Errorf("the poster leads to %s", got)
		}
	})
}

func TestThePlacesCodeLeadsToItsPage(t *testing.T) {
	each(t, "nord", func(t *testing.T, w *world) {
		w.people(t)
		const address = "http://vald.localhost:8080/places/mediatheque"
		page := w.Get("/places/mediatheque").Is(200)
		for name, drawing := range map[string]string{"page": page.Body[strings.Index(page.Body, `<svg class="qr"`):], "picture": w.Get("/places/mediatheque/qr.svg").Is(200).Body} {
			if got := readCode(t, drawing); got != address {
				t.Errorf("%s: %s", name, got)
			}
		}
		far := w.At("parvis.example").With("X-Forwarded-Proto", "https").Get("/places/mediatheque").Is(200)
		holds(t, "at another address", webtest.Text(far.One("figcaption .web")), "http://parvis.example/places/mediatheque")
	})
}

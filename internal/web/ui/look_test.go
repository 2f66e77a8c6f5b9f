package ui_test

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parvis/assets"
	"parvis/internal/web/ui"
)

// colour is linear light, red, green, blue.
type colour [3]float64

// oklch turns Björn Ottosson's OKLCH (lightness 0 to 1, chroma, hue in degrees) into linear sRGB, clipped to what a
// screen can show (https://bottosson.github.io/posts/oklab/).
func oklch(l, c, h float64) colour {
	a, b := c*math.Cos(h*math.Pi/180), c*math.Sin(h*math.Pi/180)
	l_, m_, s_ := l+0.3963377774*a+0.2158037573*b, l-0.1055613458*a-0.0638541728*b, l-0.0894841775*a-1.2914855480*b
	l3, m3, s3 := l_*l_*l_, m_*m_*m_, s_*s_*s_
	out := colour{4.0767416621*l3 - 3.3077115913*m3 + 0.2309699292*s3, -1.2684380046*l3 + 2.6097574011*m3 - 0.3413193965*s3, -0.0041960863*l3 - 0.7034186147*m3 + 1.7076147010*s3}
	for i, v := range out {
		out[i] = min(max(v, 0), 1)
	}
	return out
}

func (c colour) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is WCAG 2's ratio.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

var (
	token  = regexp.MustCompile(`--([a-z0-9-]+): (oklch\(([^)/]*?(?:var\(--hue\))?)\)|#fff);`)
	blocks = regexp.MustCompile(`(?s)/\*(light|dark)\*/(.*?)/\*end\*/`)
)

// tokens are the sheet's colours of one scheme, for one hue.
func tokens(t *testing.T, block string, hue float64) map[string]colour {
	t.Helper()
	all := map[string]colour{}
	for _, m := range token.FindAllStringSubmatch(block, -1) {
		if m[2] == "#fff" {
			all[m[1]] = colour{1, 1, 1}
			continue
		}
		parts := strings.Fields(strings.ReplaceAll(m[3], "var(--hue)", strconv.FormatFloat(hue, 'f', -1, 64)))
		var n [3]float64
		for i := range n {
			var err error
			if n[i], err = strconv.ParseFloat(parts[i], 64); err != nil {
				t.Fatalf("%s: %v", m[0], err)
			}
		}
		all[m[1]] = oklch(n[0], n[1], n[2])
	}
	return all
}

// TestEveryHueCanBeRead: a territory chooses its hue freely, so every pair of colours that meet must have contrast in
// all 360, light and dark: 4.5 for text, 3 for the edge of what one can press or fill in (WCAG 2.2, 1.4.3 and 1.4.11).
func TestEveryHueCanBeRead(t *testing.T) {
	t.Parallel()
	sheet, err := assets.Files.ReadFile("css/parvis.css")
	if err != nil {
		t.Fatal(err)
	}
	pairs := map[string]struct {
		grounds string
		least   float64
	}{
		"ink": {"paper ground wash good-wash wait-wash bad-wash focus", 4.5}, "ink-2": {"paper ground wash", 4.5}, "brand": {"paper ground wash", 4.5},
		"brand-2": {"paper ground wash", 4.5}, "on": {"brand brand-2", 4.5}, "good": {"paper ground good-wash", 4.5}, "wait": {"paper ground wait-wash", 4.5},
		"bad": {"paper ground bad-wash", 4.5}, "edge": {"paper ground", 3},
	}
	for _, block := range blocks.FindAllStringSubmatch(string(sheet), -1) {
		worst := map[string]float64{}
		for hue := range 360 {
			colours := tokens(t, block[2], float64(hue))
			for front, pair := range pairs {
				for back := range strings.FieldsSeq(pair.grounds) {
					if _, ok := colours[back]; !ok {
						t.Fatalf("%s: no token %s", block[1], back)
					}
					ratio := contrast(colours[front], colours[back])
					if name := front + " on " + back; worst[name] == 0 || ratio < worst[name] {
						worst[name] = ratio
					}
					if ratio < pair.least {
						t.Fatalf("%s, hue %d: %s on %s is %.2f, less than %.1f", block[1], hue, front, back, ratio, pair.least)
					}
				}
			}
		}
		t.Logf("%s: least contrasts %s", block[1], fmt.Sprint(worst))
	}
	if n := len(blocks.FindAllString(string(sheet), -1)); n != 2 {
		t.Errorf("%d schemes", n)
	}
}

func TestContrastIsWCAGs(t *testing.T) {
	t.Parallel()
	black, white := oklch(0, 0, 0), oklch(1, 0, 0)
	if got := contrast(black, white); math.Abs(got-21) > .01 {
		t.Errorf("black on white is %.2f", got)
	}
	if got := oklch(0.6279554, 0.2576833, 29.2338815); math.Abs(got[0]-1) > .01 || got[1] > .01 || got[2] > .01 {
		t.Errorf("red is %v", got)
	}
}

func TestSheetIsSmall(t *testing.T) {
	t.Parallel()
	sheet := ui.FindAsset(ui.AssetPath("css/parvis.css"))
	if len(sheet.Gzip()) > 6144 || len(sheet.Gzip()) == 0 {
		t.Errorf("%d bytes compressed, 6144 allowed", len(sheet.Gzip()))
	}
	t.Logf("%d bytes, %d compressed", len(sheet.Body), len(sheet.Gzip()))
	text := string(sheet.Body)
	for _, need := range []string{"prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "@media print", ":focus-visible", "@supports not"} {
		if !strings.Contains(text, need) {
			t.Errorf("no %s", need)
		}
	}
	if strings.Contains(text, "/*") || strings.Contains(text, "@import") || strings.Contains(text, "url(") || strings.Count(text, "{") != strings.Count(text, "}") {
		t.Error("comments, other files or open braces in the sheet that is served")
	}
}

func TestScriptsAreSmall(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"page", "listen"} {
		script := ui.FindAsset(ui.AssetPath("js/" + name + ".js"))
		if len(script.Gzip()) > 1200 {
			t.Errorf("%s: %d bytes compressed", name, len(script.Gzip()))
		}
		for _, sink := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "localStorage", "sessionStorage", "document.cookie", "fetch("} {
			if strings.Contains(string(script.Body), sink) {
				t.Errorf("%s uses %s", name, sink)
			}
		}
	}
}

// TestClassesAreKnown: a class that a template uses and no sheet of the gallery knows is a slip, or dead weight.
func TestClassesAreKnown(t *testing.T) {
	t.Parallel()
	var sheet []byte
	for _, name := range []string{"parvis", "case", "directory", "landing", "sheet"} {
		text, err := assets.Files.ReadFile("css/" + name + ".css")
		if err != nil {
			t.Fatal(err)
		}
		sheet = append(sheet, text...)
	}
	used := regexp.MustCompile(`class="([a-z0-9 -]+)"`)
	handles := map[string]bool{"who": true, "link": true, "map-frame": true, "light": true, "dark": true, "pair": true, "span": true, "nearest": true}
	marks := map[string]string{}
	for _, example := range ui.Examples(words(t, "en")) {
		marks[example.Component+", "+example.Case] = string(example.Body.HTML())
	}
	for _, dir := range []string{"templates", "templates/components"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			text, _ := os.ReadFile(dir + "/" + entry.Name())
			marks[entry.Name()] = string(text)
		}
	}
	for name, text := range marks {
		for _, m := range used.FindAllStringSubmatch(text, -1) {
			for class := range strings.FieldsSeq(m[1]) {
				if !handles[class] && !strings.Contains(string(sheet), "."+class) {
					t.Errorf("%s: .%s is in no sheet", name, class)
				}
			}
		}
	}
}

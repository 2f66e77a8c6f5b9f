package notify

import (
	"html/template"
	"regexp"
	"strings"
)

// twinTemplate is the mail's second form: the same text, larger, with links that can be pressed.
var twinTemplate = template.Must(template.New("twin").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="margin:0;background:#fbfaf8;color:#1d2226">
<div style="max-width:34em;margin:0 auto;padding:24px;font:18px/1.5 system-ui,sans-serif">
{{with .House}}<p style="font-weight:700;margin:0 0 24px">{{.}}</p>
{{end}}{{range .Paragraphs}}{{if .Code}}<p style="font:700 32px/1.3 ui-monospace,monospace;letter-spacing:.12em;margin:0 0 16px">{{.Code}}</p>
{{else}}<p style="margin:0 0 16px">{{range $i, $line := .Lines}}{{if $i}}<br>{{end}}{{range $line}}{{if .Link}}<a href="{{.Link}}">{{.Link}}</a>{{else}}{{.Text}}{{end}}{{end}}{{end}}</p>
{{end}}{{end}}</div></body></html>
`))

type twin struct {
	Lang, Subject, House string
	Paragraphs           []paragraph
}

// paragraph is either a code that stands alone, or lines.
type paragraph struct {
	Code  string
	Lines [][]piece
}

// piece is a stretch of text or a link.
type piece struct{ Text, Link string }

var (
	codeLine = regexp.MustCompile(`^[0-9]{3}[ \x{00a0}\x{202f}]?[0-9]{3}$`)
	link     = regexp.MustCompile(`https?://[^\s<>"]+[^\s<>".,;:!?)]`)
)

// twinOf makes the HTML form of a message's text.
func twinOf(house string, m Message) (string, error) {
	t := twin{Lang: m.Lang, Subject: m.Subject, House: house}
	for text := range strings.SplitSeq(strings.ReplaceAll(m.Text, "\r\n", "\n"), "\n\n") {
		text = strings.Trim(text, "\n ")
		switch {
		case text == "":
		case codeLine.MatchString(text):
			t.Paragraphs = append(t.Paragraphs, paragraph{Code: text})
		default:
			var p paragraph
			for line := range strings.SplitSeq(text, "\n") {
				p.Lines = append(p.Lines, pieces(line))
			}
			t.Paragraphs = append(t.Paragraphs, p)
		}
	}
	var b strings.Builder
	err := twinTemplate.Execute(&b, t)
	return b.String(), err
}

func pieces(line string) []piece {
	var all []piece
	from := 0
	for _, at := range link.FindAllStringIndex(line, -1) {
		if at[0] > from {
			all = append(all, piece{Text: line[from:at[0]]})
		}
		all = append(all, piece{Link: line[at[0]:at[1]]})
		from = at[1]
	}
	return append(all, piece{Text: line[from:]})
}

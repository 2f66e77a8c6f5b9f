package mapping

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fieldRules reads the rules of a field: a column's name, one rule, or a list of them.
func (p *parser) fieldRules(n *yaml.Node, f Field) []rule {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
		if len(nodes) == 0 {
			p.fault(n.Line, "Name a column.", "%s has no rule", f.Name)
		}
	}
	var all []rule
	for _, one := range nodes {
		if p.rules++; p.rules > mostRules {
			p.fault(one.Line, "Use value tables instead.", "there are more than %d rules", mostRules)
			return all
		}
		all = append(all, p.rule(one, f))
	}
	return all
}

var (
	ruleKeys     = []string{"column", "columns", "value", "template", "extract", "split", "table", "otherwise", "digits", "date", "join", "gives", "contains", "is", "except"}
	hoursKeys    = append(slices.Clone(dayKeys[:]), "weekdays", "weeks")
	positionKeys = []string{"column", "latitude", "longitude", "order", "within", "swapped"}
)

// rule reads one rule.
func (p *parser) rule(n *yaml.Node, f Field) rule {
	u := rule{line: n.Line}
	if n.Kind == yaml.ScalarNode && f.Kind != Position {
		u.columns = []Path{p.path(n)}
		return u
	}
	switch f.Kind {
	case Position:
		p.positionRule(n, &u)
		return u
	case Hours:
		p.each(n, f.Name, append(slices.Clone(ruleKeys), hoursKeys...), func(k string, v *yaml.Node) {
			switch at := slices.Index(dayKeys[:], k); {
			case at >= 0:
				u.days[at] = p.path(v)
			case k == "weekdays":
				u.weekdays = p.path(v)
			case k == "weeks":
				weeks := p.rule(v, Field{Name: k})
				u.weeks = &weeks
				if len(weeks.columns) == 0 {
					p.fault(v.Line, "Write column: and a table: from its words to odd or even.", "weeks names no column")
				}
			default:
				p.ruleKey(k, v, &u)
			}
		})
	default:
		p.each(n, f.Name, ruleKeys, func(k string, v *yaml.Node) { p.ruleKey(k, v, &u) })
	}
	p.whole(n, &u, f)
	return u
}

func (p *parser) ruleKey(k string, v *yaml.Node, u *rule) {
	switch k {
	case "value":
		u.value = p.text(v, k)
	case "template":
		u.template = p.template(v)
	case "extract":
		pattern, err := regexp.Compile(p.text(v, k))
		if err != nil {
			p.fault(v.Line, "Write a pattern as in https://github.com/google/re2/wiki/Syntax, in single quotation marks; ( ) is what is taken.", "extract is no pattern: %v", err)
			return
		}
		u.extract = pattern
	case "split":
		u.split = p.marks(v)
	case "table":
		u.table = p.table(v)
	case "otherwise":
		u.strict, u.otherwise = true, v.Value
		if v.Kind != yaml.ScalarNode {
			p.text(v, k)
		}
	case "digits":
		u.digits = p.number(v, k, 1, 20)
	case "date":
		for _, form := range p.list(v, k) {
			u.date = append(u.date, p.dateForm(v, form))
		}
	case "join":
		mark := v.Value
		u.join = &mark
	case "gives":
		u.gives = p.text(v, k)
	default:
		if k == "column" || k == "columns" {
			u.columns = append(u.columns, p.paths(v)...)
		}
		p.condition(&u.condition, k, v)
	}
}

// marks reads what parts values; a space does.
func (p *parser) marks(n *yaml.Node) []string {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	var all []string
	for _, one := range nodes {
		if one.Kind != yaml.ScalarNode || one.Value == "" {
			p.fault(one.Line, "Write the mark in quotation marks, \";\", or several in brackets.", "split needs a mark")
			continue
		}
		all = append(all, one.Value)
	}
	return all
}

// whole checks that a rule takes its values from one place and that its words have something to give.
func (p *parser) whole(n *yaml.Node, u *rule, f Field) {
	if n.Kind != yaml.MappingNode {
		return
	}
	words := len(u.condition.contains)+len(u.condition.is)+len(u.condition.except) > 0
	from := 0
	for _, given := range []bool{len(u.columns) > 0, u.value != "", u.template != nil, u.byDay()} {
		if given {
			from++
		}
	}
	switch {
	case from != 1:
		p.fault(n.Line, "Name one of column, columns, value or template.", "%s should say once where its value comes from", f.Name)
	case words && u.gives == "":
		p.fault(n.Line, "Add gives: and the value to give where these words are found.", "is, contains and except choose nothing here")
	case u.gives != "" && len(u.columns) == 0:
		p.fault(n.Line, "Name the columns to look at; for a value that always holds write value:.", "gives has no column to look at")
	case u.strict && u.table == nil:
		p.fault(n.Line, "Add a table:, or leave otherwise: out.", "otherwise has no table")
	}
	if u.gives == "" {
		u.condition = condition{}
	} else {
		u.condition.columns, u.columns = u.columns, nil
		u.condition.line = n.Line
	}
}

// table reads a value table: what the list says, and what that is here; several values in a list of their own.
func (p *parser) table(n *yaml.Node) map[string]string {
	if n.Kind != yaml.MappingNode {
		p.fault(n.Line, "Write a line \"what the list says: what it is here\" for each value.", "a table should stand here")
		return nil
	}
	table := map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			p.fault(k.Line, "Write one value, in quotation marks when it has a colon.", "a value of the list should stand here")
			continue
		}
		if _, twice := table[key(k.Value)]; twice {
			p.fault(k.Line, "Keep one: capitals, accents and marks make no difference.", "%q stands in the table twice", k.Value)
			continue
		}
		if v.Kind == yaml.ScalarNode && v.Value == "" {
			table[key(k.Value)] = "" // on purpose nothing
			continue
		}
		table[key(k.Value)] = strings.Join(p.list(v, "table"), "|")
	}
	return table
}

var templateColumn = regexp.MustCompile(`\{([^{}]*)\}`)

func (p *parser) template(n *yaml.Node) []piece {
	text := p.text(n, "template")
	var pieces []piece
	at := 0
	for _, m := range templateColumn.FindAllStringSubmatchIndex(text, -1) {
		name := strings.TrimSpace(text[m[2]:m[3]])
		if name == "" {
			p.fault(n.Line, "Write the column's name between the braces.", "the template has empty braces")
			continue
		}
		pieces = append(pieces, piece{text: text[at:m[0]], column: ParsePath(name)})
		at = m[1]
	}
	if len(pieces) == 0 && text != "" {
		p.fault(n.Line, "Write a column in braces, \"{nom}, {commune}\"; for a text that is always the same write value:.", "the template names no column")
	}
	return append(pieces, piece{text: text[at:]})
}

// dateForms turn how people write a form of dates into Go's.
var dateForms = strings.NewReplacer("yyyy", "2006", "aaaa", "2006", "mm", "01", "dd", "02", "jj", "02")

func (p *parser) dateForm(n *yaml.Node, form string) string {
	form = strings.ToLower(strings.TrimSpace(form))
	if form == serialForm {
		return form
	}
	written := dateForms.Replace(form)
	if !strings.Contains(written, "2006") || !strings.Contains(written, "01") || !strings.Contains(written, "02") ||
		strings.ContainsFunc(written, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		p.fault(n.Line, "Write it like dd/mm/yyyy or yyyy-mm-dd; serial is how spreadsheets count days.", "%q is no form of a day", form)
	}
	return written
}

func (p *parser) positionRule(n *yaml.Node, u *rule) {
	p.each(n, "position", positionKeys, func(k string, v *yaml.Node) {
		switch k {
		case "column":
			u.columns = []Path{p.path(v)}
		case "latitude":
			u.latitude = p.path(v)
		case "longitude":
			u.longitude = p.path(v)
		case "order":
			u.lonFirst = p.oneOf(v, k, "latitude-longitude", "longitude-latitude") == "longitude-latitude"
		case "within":
			u.within = p.within(v)
		case "swapped":
			u.turn = p.oneOf(v, k, "turn", "report") == "turn"
		}
	})
	two, one := !u.latitude.IsZero() && !u.longitude.IsZero(), len(u.columns) == 1
	switch {
	case n.Kind != yaml.MappingNode:
	case two == one || one && (!u.latitude.IsZero() || !u.longitude.IsZero()):
		p.fault(n.Line, "Write latitude: and longitude: with a column each, or column: with the one that holds both.", "the position should say where its degrees come from")
	case u.turn && u.within == nil:
		p.fault(n.Line, "Add within: [south, west, north, east], the box in which the places lie.", "nobody can tell what is swapped without a box")
	}
	if len(u.columns) == 0 && !two {
		u.columns = []Path{{}}
	}
}

func (p *parser) within(n *yaml.Node) *box {
	const remedy = "Write four numbers in degrees: [south, west, north, east], as [41.2, -5.3, 51.2, 9.7]."
	var v [4]float64
	if n.Kind != yaml.SequenceNode || len(n.Content) != 4 {
		p.fault(n.Line, remedy, "within is no box")
		return nil
	}
	for i, one := range n.Content {
		number, err := strconv.ParseFloat(one.Value, 64)
		if err != nil || !(number >= -180 && number <= 180) {
			p.fault(one.Line, remedy, "%q is no number of degrees", one.Value)
			return nil
		}
		v[i] = number
	}
	if v[0] > v[2] || v[1] > v[3] {
		p.fault(n.Line, remedy, "within ends before it begins")
		return nil
	}
	return &box{v[0], v[1], v[2], v[3]}
}

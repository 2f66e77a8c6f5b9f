package mapping

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Limits of a mapping file. Beyond them it is no mapping that somebody wrote.
const (
	mostBytes = 1 << 20
	mostRules = 2000
)

// parser reads one mapping file and gathers its faults.
type parser struct {
	file   string
	tables []Table
	faults Faults
	rules  int
}

// Parse reads a mapping file, whose sections may be those of tables. The error is Faults.
func Parse(file string, data []byte, tables []Table) (*Mapping, error) {
	p := &parser{file: file, tables: tables}
	m := p.parse(data)
	if len(p.faults) > 0 {
		slices.SortStableFunc(p.faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
		return nil, p.faults
	}
	return m, nil
}

func (p *parser) parse(data []byte) *Mapping {
	m := &Mapping{File: p.file}
	if len(data) > mostBytes {
		p.fault(0, "A mapping has some hundred lines.", "the file is larger than 1 MB")
		return m
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line, text := yamlError(err.Error())
		p.fault(line, "Check the indentation, the colons and the quotation marks of this line and of the one above.", "this is not YAML: %s", text)
		return m
	}
	if len(doc.Content) == 0 {
		p.fault(0, "Begin with register: and the name of the register.", "there is nothing in this file")
		return m
	}
	names := []string{"register", "list", "leave-out"}
	for _, t := range p.tables {
		names = append(names, t.Name)
	}
	p.each(doc.Content[0], "a mapping file", names, func(k string, v *yaml.Node) {
		switch k {
		case "register":
			m.Register = p.text(v, k)
		case "list":
			m.Reading = p.reading(v, m)
		case "leave-out":
			m.without = p.leaveOut(v)
		default:
			at := slices.IndexFunc(p.tables, func(t Table) bool { return t.Name == k })
			m.Sections = append(m.Sections, p.section(v, p.tables[at]))
		}
	})
	if len(m.Sections) == 0 && len(p.faults) == 0 {
		p.fault(0, "Add a section: "+strings.Join(names[3:], ", or ")+".", "no section says which fields the columns fill")
	}
	return m
}

// yamlError takes the line out of the library's message.
func yamlError(text string) (int, string) {
	text = strings.TrimPrefix(text, "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		if number, what, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(number); err == nil {
				return n, what
			}
		}
	}
	return 0, text
}

// each goes over the members of a YAML mapping, each once and known.
func (p *parser) each(n *yaml.Node, what string, known []string, f func(key string, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		p.fault(n.Line, "Write a line \"name: value\" for each of: "+strings.Join(known, ", ")+".", "%s should stand here", what)
		return
	}
	met := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		line, twice := met[k.Value]
		met[k.Value] = k.Line
		switch {
		case !slices.Contains(known, k.Value):
			p.fault(k.Line, instead(k.Value, known), "%s has no %q", what, k.Value)
		case twice:
			p.fault(k.Line, "Keep one of the two.", "%q stands in line %d already", k.Value, line)
		case v.Kind == yaml.AliasNode || v.Anchor != "":
			p.fault(v.Line, "Write the value out.", "anchors and aliases are not read")
		default:
			f(k.Value, v)
		}
	}
}

// text reads one word or sentence.
func (p *parser) text(n *yaml.Node, name string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
		p.fault(n.Line, "Write "+name+": and one value behind it, in quotation marks when it has a colon or begins with a mark.", "%s needs one value", name)
		return ""
	}
	return n.Value
}

// list reads a word or a list of words.
func (p *parser) list(n *yaml.Node, name string) []string {
	if n.Kind != yaml.SequenceNode {
		if text := p.text(n, name); text != "" {
			return []string{text}
		}
		return nil
	}
	var all []string
	for _, one := range n.Content {
		if text := p.text(one, name); text != "" {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		p.fault(n.Line, "Name at least one.", "%s is empty", name)
	}
	return all
}

func (p *parser) oneOf(n *yaml.Node, name string, known ...string) string {
	text := p.text(n, name)
	if text != "" && !slices.Contains(known, text) {
		p.fault(n.Line, instead(text, known), "%s cannot be %q", name, text)
		return ""
	}
	return text
}

func (p *parser) number(n *yaml.Node, name string, least, most int) int {
	v, err := strconv.Atoi(p.text(n, name))
	if err != nil || v < least || v > most {
		p.fault(n.Line, "Write a number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most)+".", "%s is %q", name, n.Value)
		return least
	}
	return v
}

// separators are how mapping files may name what parts the cells of a table.
var separators = map[string]byte{",": ',', ";": ';', "|": '|', "\t": '\t', "comma": ',', "semicolon": ';', "bar": '|', "tab": '\t'}

func (p *parser) reading(n *yaml.Node, m *Mapping) (r Reading) {
	p.each(n, "list", []string{"form", "rows", "sheet", "header", "separator", "encoding", "nothing"}, func(k string, v *yaml.Node) {
		switch k {
		case "form":
			r.Form = p.oneOf(v, k, FormCSV, FormJSON, FormXLSX)
		case "rows":
			r.Rows = p.path(v)
		case "sheet":
			r.Sheet = p.text(v, k)
		case "header":
			r.Header = p.number(v, k, 1, 1000)
		case "encoding":
			r.Encoding = p.oneOf(v, k, EncodingUTF8, EncodingWindows, EncodingUTF16)
		case "nothing":
			m.empty = map[string]bool{}
			for _, word := range p.list(v, k) {
				m.empty[strings.TrimSpace(word)] = true
			}
		case "separator":
			if r.Separator = separators[v.Value]; r.Separator == 0 {
				p.fault(v.Line, `Write ",", ";", "|" or tab.`, "%q separates no cells", v.Value)
			}
		}
	})
	return r
}

func (p *parser) path(n *yaml.Node) Path {
	text := p.text(n, "column")
	if text == "" {
		return Path{}
	}
	return ParsePath(text)
}

func (p *parser) paths(n *yaml.Node) []Path {
	var all []Path
	for _, text := range p.list(n, "columns") {
		all = append(all, ParsePath(text))
	}
	return all
}

func (p *parser) leaveOut(n *yaml.Node) []condition {
	var all []condition
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	for _, one := range nodes {
		c := condition{line: one.Line}
		p.each(one, "leave-out", append([]string{"because"}, conditionKeys...), func(k string, v *yaml.Node) {
			if k == "because" {
				c.because = p.text(v, k)
				return
			}
			p.condition(&c, k, v)
		})
		if len(c.columns) == 0 {
			p.fault(one.Line, "Add column: and its name.", "leave-out names no column")
		}
		all = append(all, c)
	}
	return all
}

var conditionKeys = []string{"column", "columns", "is", "contains", "except"}

func (p *parser) condition(c *condition, k string, v *yaml.Node) {
	switch k {
	case "column", "columns":
		c.columns = append(c.columns, p.paths(v)...)
	case "is":
		c.is = p.list(v, k)
	case "contains":
		c.contains = p.list(v, k)
	case "except":
		c.except = p.list(v, k)
	}
}

func (p *parser) section(n *yaml.Node, t Table) Section {
	s := Section{Name: t.Name}
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	has := map[string]bool{}
	p.each(n, t.Name, names, func(k string, v *yaml.Node) {
		field := t.Fields[slices.Index(names, k)]
		has[k] = true
		s.rules = append(s.rules, fieldRule{Field: field, line: v.Line, rules: p.fieldRules(v, field)})
	})
	for _, needed := range t.Needs {
		if !has[needed] && n.Kind == yaml.MappingNode {
			p.fault(n.Line, "Add "+needed+": and the column that it is read from.", "%s needs %s", t.Name, needed)
		}
	}
	return s
}

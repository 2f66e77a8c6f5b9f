package hours

import (
	"cmp"
	"slices"
)

// Limits of what is read; more is kept as text. OpenStreetMap itself allows 255 characters.
const (
	maxText  = 1000
	maxSpans = 60
)

// Parse reads opening hours. It accepts what people and programs really write: any case, full names of days and
// months, missing zeros, spaces anywhere, long dashes, "Mo-Fr: 9:00 - 12:00". The error is always an *Error.
func Parse(text string) (Schedule, error) {
	rules, wrong := parseRules(text)
	if wrong != nil {
		return Schedule{}, wrong
	}
	return Schedule{build(rules)}, nil
}

// parser walks over the tokens of a text. The first trouble stops it.
type parser struct {
	text   string
	tokens []token
	pos    int
	wrong  *Error
}

func parseRules(text string) ([]rule, *Error) {
	if len(text) > maxText {
		return nil, &Error{text, maxText, "the text is too long"}
	}
	tokens, wrong := scan(text)
	if wrong != nil {
		return nil, wrong
	}
	p := &parser{text: text, tokens: tokens}
	var rules []rule
	spans, joined := 0, replace
	for p.wrong == nil && !p.at(0) {
		if p.accept(';') { // rules that are empty, and a semicolon at the end
			joined = replace
			continue
		}
		r := p.rule(joined)
		rules = append(rules, r)
		if spans += max(1, len(r.times)); spans > maxSpans {
			p.fail("there are too many times")
		}
		joined = p.joint()
	}
	switch {
	case p.wrong != nil:
		return nil, p.wrong
	case len(rules) == 0 || joined != replace:
		p.fail("a day or a time should follow")
		return nil, p.wrong
	}
	rules[0].join = replace
	return rules, nil
}

// joint reads what stands between two rules.
func (p *parser) joint() join {
	switch {
	case p.wrong != nil || p.at(0) || p.accept(';'):
		return replace
	case p.accept(','):
		return add
	case p.at('|') && p.after(1).what == '|':
		p.pos += 2
		return fallback
	}
	p.fail("this does not belong here")
	return replace
}

func (p *parser) peek() token { return p.tokens[p.pos] }

// after is the n-th token from here; the end when there are fewer.
func (p *parser) after(n int) token { return p.tokens[min(p.pos+n, len(p.tokens)-1)] }

func (p *parser) at(what rune) bool { return p.peek().what == what }

func (p *parser) word(words ...string) bool {
	return p.at('a') && slices.Contains(words, p.peek().text)
}

// accept steps over a token of a sort, if it is there.
func (p *parser) accept(what rune) bool {
	if what == 0 || !p.at(what) {
		return false
	}
	p.pos++
	return true
}

func (p *parser) next() token {
	t := p.peek()
	if t.what != 0 {
		p.pos++
	}
	return t
}

func (p *parser) fail(reason string) {
	if p.wrong == nil {
		p.wrong = &Error{p.text, p.peek().at, reason}
		p.pos = len(p.tokens) - 1
	}
}

// number reads a number from least to most.
func (p *parser) number(least, most int, what string) int {
	t := p.peek()
	if t.what != '0' || t.value < least || t.value > most {
		p.fail(what)
		return least
	}
	p.pos++
	return t.value
}

// rule reads selectors, a state and a comment, in any order that is clear.
func (p *parser) rule(joined join) rule {
	r := rule{join: joined}
	start := p.pos
	for p.wrong == nil {
		switch t := p.peek(); {
		case p.at(',') && len(r.times) == 0 && p.timeAt(1) && p.pos > start:
			p.next() // "Mo-Fr, 09:00-12:00"
		case p.at(0) || p.at(';') || p.at('|') || p.at(','):
			if p.pos == start {
				p.fail("a day or a time should stand here")
			}
			p.finish(&r)
			return r
		case p.isAlways():
			p.pos += 3
			r.always = true
		case p.isTime():
			p.times(&r)
		case len(r.times) > 0 && p.isSelector() && (!r.anyDay() || !p.isWeekday()):
			p.fail("a \";\" may be missing here")
		case p.isDate() || p.isYear():
			p.dates(&r)
		case p.word("week", "weeks"):
			p.weeks(&r)
		case p.isDay():
			p.days(&r)
		case t.what == 'a':
			p.state(&r)
		case t.what == '"':
			p.comment(&r)
		case p.at(':') && p.pos > start:
			p.next() // "Mo-Fr: 09:00"
		default:
			p.fail("this does not belong here")
		}
	}
	return r
}

// finish draws the state from what was written.
func (p *parser) finish(r *rule) {
	switch {
	case r.always && (len(r.times) > 0 || !r.anyDay() || !r.anyDate()):
		p.fail("24/7 stands alone")
	case r.kind == off && slices.ContainsFunc(r.times, func(t times) bool { return t.openEnd }):
		p.fail("closed needs an end")
	case len(r.years) > 0 && len(r.dates) > 0 && r.years[len(r.years)-1].from == r.years[len(r.years)-1].to:
		p.fail("it is not clear whether the year belongs to the date")
	case p.at(',') && len(r.times) == 0 && !r.said && r.comment == "" && !r.always:
		p.fail("there are days without a time before the comma")
	case !r.said && r.comment != "":
		r.kind = unknown
	}
	r.said = false
}

// isSelector reports whether what follows says on which days.
func (p *parser) isSelector() bool {
	return p.isDate() || p.isYear() || p.isDay() || p.word("week", "weeks")
}

func (p *parser) isAlways() bool {
	return p.at('0') && p.peek().value == 24 && p.after(1).what == '/' && p.after(2).value == 7
}

func (p *parser) state(r *rule) {
	if r.said {
		p.fail("the state is said twice")
		return
	}
	switch p.peek().text {
	case "off", "closed":
		r.kind = off
	case "open":
		r.kind = open
	case "unknown":
		r.kind = unknown
	case "sunrise", "sunset", "dawn", "dusk", "easter":
		p.fail("what moves with the sun or the moon is not read")
	default:
		p.fail("this word has no meaning in opening hours; put remarks in quotation marks")
	}
	r.said = true
	p.next()
}

func (p *parser) comment(r *rule) {
	if r.comment != "" {
		p.fail("there are two comments")
		return
	}
	if r.comment = p.peek().text; r.comment == "" {
		p.fail("the comment is empty")
	}
	p.next()
}

func (p *parser) isTime() bool {
	return p.at('0') && len(p.peek().text) <= 2 && p.after(1).what == ':' && p.after(2).what == '0'
}

// times reads "09:00-12:00,14:00-17:30", "17:00+", "17:00-19:00+".
func (p *parser) times(r *rule) {
	if len(r.times) > 0 {
		p.fail("there are times already; a \";\" may be missing")
		return
	}
	for p.wrong == nil {
		span := times{from: p.clock()}
		span.to = span.from
		switch {
		case p.accept('+'):
			span.openEnd = true
		case p.accept('-') || p.wordNext("to"):
			if span.to = p.clock(); span.to <= span.from {
				span.to += minutesADay
			}
			span.openEnd = p.accept('+')
		default:
			p.fail("until when? a \"-\" and a time, or a \"+\" should follow")
		}
		switch {
		case span.from >= minutesADay:
			p.fail("the span should begin before midnight")
		case span.to-span.from > minutesADay:
			p.fail("the span is longer than a day")
		}
		r.times = append(r.times, span)
		if p.at(',') && p.timeAt(1) {
			p.next()
		} else if !p.isTime() {
			break
		}
	}
	slices.SortFunc(r.times, func(a, b times) int {
		return cmp.Or(a.from-b.from, a.to-b.to, boolOrder(a.openEnd, b.openEnd))
	})
	r.times = slices.Compact(r.times)
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (p *parser) wordNext(word string) bool {
	if p.word(word) {
		p.next()
		return true
	}
	return false
}

func (p *parser) timeAt(n int) bool {
	return p.after(n).what == '0' && p.after(n+1).what == ':' && p.after(n+2).what == '0'
}

// clock reads "9:00" or "26:00", in minutes.
func (p *parser) clock() int {
	hour := p.number(0, 48, "a time should stand here, as 09:00")
	if !p.accept(':') {
		p.fail("a time should be written as 09:00")
	}
	if len(p.peek().text) != 2 {
		p.fail("minutes have two digits")
	}
	return hour*60 + p.number(0, 59, "minutes go from 00 to 59")
}

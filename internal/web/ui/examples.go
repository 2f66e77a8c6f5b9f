package ui

import (
	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// Examples are all components as they may look, for the gallery and the golden files.
func Examples(words *i18n.Printer) []Example {
	var all []Example
	for _, some := range [][]Example{
		actionExamples(), listExamples(), searchExamples(words), fieldExamples(words), contentExamples(words), wayExamples(words),
	} {
		all = append(all, some...)
	}
	return all
}

func actionExamples() []Example {
	return []Example{
		{"Button", "main", Button{Text: "Book a time", Main: true}},
		{"Button", "second, with a pictogram", Button{Text: "Ask for a visit", Icon: "house"}},
		{"Button", "quiet link", Button{Text: "Skip this", Quiet: true, Href: "/places"}},
		{"Button", "wide on a phone", Button{Text: "Call now", Icon: "phone", Main: true, Wide: true, Href: "tel:+33536491234"}},
		{"Link", "inside", Link{Href: "/map", Text: "See the map", Icon: "map"}},
		{"Link", "leaves the house", Link{Href: "https://www.example.org/", Text: "The ministry's page", External: true}},
		{"Chip", "plain", Chip{Text: "phone"}},
		{"Chip", "brand", Chip{Text: "online", Tone: Brand}},
		{"Chip", "good", Chip{Text: "open until 17:30", Icon: "clock", Tone: Good}},
		{"Chip", "wait", Chip{Text: "closes soon", Icon: "clock", Tone: Wait}},
		{"Chip", "bad", Chip{Text: "closed", Tone: Bad}},
		{"Chip", "a filter to take away", Chip{Text: "free", Href: "/places", Remove: "Remove: free"}},
		{"Tags", "a list", Tags{Label: "Languages", Items: []Chip{{Text: "French"}, {Text: "English"}, {Text: "Arabic"}}}},
	}
}

func listExamples() []Example {
	card := Card{
		Title: "Town library", Href: "/places/library", Icon: "library", Aside: "350 m", Text: "Help with online forms, one to one.",
		Lines: []Line{{Icon: "clock", Text: "Open until 18:00", Tone: Good}, {Icon: "map-pin", Text: "4 Mill Street"},
			{Icon: "phone", Text: "05 36 49 12 34", Href: "tel:0536491234"}},
		Chips: []Chip{{Text: "free", Tone: Brand}, {Text: "wheelchair", Icon: "accessibility"}},
	}
	numbered := card
	numbered.Number, numbered.Why = 3, "found: forms"
	return []Example{
		{"Card", "a place", card},
		{"Card", "numbered as on the map, with the reason", numbered},
		{"Card", "something to do", Card{Title: "Identity card, passport", Icon: "id-card", Text: "By appointment. First free day: Tuesday 8 December.",
			Action: &Button{Text: "Book", Main: true, Href: "/"}, Level: 2}},
		{"Cards", "side by side", Cards{Items: []Card{card, numbered}}},
		{"Results", "beside a map", Results{Items: []Result{{"library", card}, {"library-2", numbered}}, Anchors: true}},
		{"Results", "what comes closest", Results{Items: []Result{{"library", card}}, Nearest: true}},
		{"Doors", "the five", Doors{Label: "How would you like to be served?", Items: []Door{
			{Href: "/places?way=online", Icon: "monitor", Title: "Online", Text: "Begin now, finish later"},
			{Href: "/places?way=counter", Icon: "store", Title: "At the counter", Text: "Open until 17:30"},
			{Href: "/places?way=near-home", Icon: "map-pin", Title: "Near home", Text: "Mobile stand on Thursday"},
			{Href: "/places?way=home", Icon: "house", Title: "At home", Text: "Somebody comes and helps"},
			{Href: "/places?way=phone", Icon: "phone", Title: "By phone", Text: "Until 17:30", Current: true},
		}}},
		{"Heading", "with the way to all", Heading{Text: "Near you", ID: "near-you", More: &Link{Href: "/map", Text: "See the map"}}},
		{"Figures", "three", Figures{Items: []Figure{{"1,200", "places"}, {"1,800", "services"}, {"5", "languages"}}}},
		{"Table", "with numbers", Table{Caption: "Places by need", Head: []string{"Need", "Places", "State"}, Rows: [][]Cell{
			{{Text: "Online forms", Href: "/places?need=online-forms"}, {Text: "312", Number: true}, {Text: "checked", Tone: Good}},
			{{Text: "First steps"}, {Text: "1,024", Number: true}, {Text: "to check", Tone: Wait}}}}},
		{"KeyValues", "facts", KeyValues{Items: []KeyValue{{Key: "Address", Text: "4 Mill Street, Auch"},
			{Key: "Phone", Text: "05 36 49 12 34", Href: "tel:0536491234"},
			{Key: "Languages", Body: Tags{Items: []Chip{{Text: "French"}, {Text: "English"}}}}}}},
	}
}

func searchExamples(words *i18n.Printer) []Example {
	page := func(int) string { return "/places?page=2" }
	return []Example{
		{"SearchBox", "home page", SearchBox{Words: words, Big: true, Example: "my daughter begins school in January"}},
		{"SearchBox", "with where", SearchBox{Words: words, ID: "q2", Near: true, Value: "forms", Place: "Auch", Hidden: []Hidden{{"free", "1"}}}},
		{"FilterGroup", "several", FilterGroup{Words: words, Name: "equipment", Label: "Equipment", Icon: "laptop", Options: []FilterOption{
			{"computer", "Computer", 312, true}, {"printer", "Printer", 120, false}, {"scanner", "Scanner", 0, false}}, More: &Link{Href: "?more=equipment", Text: "All 7"}}},
		{"FilterGroup", "one, folded", FilterGroup{Words: words, Name: "open", Label: "Open", Icon: "clock", One: true, Options: []FilterOption{
			{"", "At any time", -1, true}, {"now", "Open now", 48, false}}}},
		{"Filters", "one chosen", Filters{Title: "Filters", Action: "/places", Hidden: []Hidden{{"q", "forms"}}, Chosen: 1, Groups: []FilterGroup{
			{Words: words, Name: "open", Label: "When", Open: true, Options: []FilterOption{{"now", "Open now", 48, true}},
				Ask: &Field{Label: Label{Words: words, Name: "at", Label: "Open on", Optional: true}, Type: "datetime-local"}},
			{Words: words, Name: "fee", Label: "Price", Options: []FilterOption{{"free", "Free", 312, false}}},
		}, Apply: Button{Text: "Show what fits", Main: true, Wide: true}}},
		{"Pagination", "in the middle", Paginate(words, 5, 12, page)},
		{"Pagination", "first", Paginate(words, 1, 2, page)},
		{"Empty", "no result", Empty{Title: "Nothing found for “zorglub”", Text: "Nobody should leave without an answer.",
			Tips: []string{"Say it with other words.", "Take a filter away."},
			Ways: []Link{{Href: "/places", Text: "All places", Icon: "list"}, {Href: "tel:0536491234", Text: "Ask on the phone", Icon: "phone"}}}},
	}
}

func fieldExamples(words *i18n.Printer) []Example {
	label := func(name, text, hint, wrong string) Label {
		return Label{Words: words, Name: name, Label: text, Hint: hint, Error: wrong}
	}
	optional := label("phone", "Phone", "We call only about this.", "")
	optional.Optional = true
	return []Example{
		{"Field", "text", Field{Label: label("name", "Your name", "", ""), Value: "Ana", Autocomplete: "name"}},
		{"Field", "with help, optional", Field{Label: optional, Type: "tel", Autocomplete: "tel"}},
		{"Field", "wrong", Field{Label: label("mail", "E-mail", "For the answer.", "Write the address with an @, as in ana@example.org."), Value: "ana", Type: "email"}},
		{"Field", "short", Field{Label: label("code", "Code", "Six digits, in the message we sent.", ""), Short: true, InputMode: "numeric", Autocomplete: "one-time-code", Max: 6}},
		{"LongField", "several lines", LongField{Label: label("what", "What is wrong?", "", ""), Value: "The door is at the back."}},
		{"Choice", "one", Choice{Label: label("how", "How shall we answer?", "", ""), Options: []Option{{"mail", "By e-mail", "", true}, {"phone", "By phone", "On working days, 9:00 to 17:00", false}}}},
		{"Choice", "several, wrong", Choice{Label: label("needs", "What do you need?", "", "Choose at least one."), Many: true, Options: []Option{{"a", "A computer", "", false}, {"b", "A printer", "", false}}}},
		{"Select", "one of many", Select{Label: label("town", "Town", "", ""), Options: []Option{{"auch", "Auch", "", true}, {"pavie", "Pavie", "", false}}}},
		{"DateField", "in three parts", DateField{Label: label("born", "Date of birth", "For example 27 3 1984", ""), Day: "27", Month: "3", Year: "1984"}},
		{"FileField", "a picture", FileField{Label: label("photo", "A photo", "", ""), Accept: "image/*", Limit: "One picture, 10 MB at most."}},
		{"ErrorSummary", "two", ErrorSummary{Words: words, Errors: Errors{{Name: "mail", Text: "Write the address with an @."}, {Name: "needs", Text: "Choose at least one.", Field: "Needs"}}}},
	}
}

func contentExamples(words *i18n.Printer) []Example {
	return []Example{
		{"Notice", "plain", Notice{Text: "The library moves to 4 Mill Street on 1 December."}},
		{"Notice", "good", Notice{Tone: Good, Title: "Thank you", Text: "The team of this place was told. It answers within two days.", Links: []Link{{Href: "/places", Text: "Back to the places"}}}},
		{"Notice", "wait", Notice{Tone: Wait, Text: "Nobody confirmed this page for six months. Call before you go."}},
		{"Notice", "bad", Notice{Tone: Bad, Text: "Closed today: public holiday.", Urgent: true}},
		{"Steps", "three", Steps{Items: []Step{{"id-card", "Bring your identity card.", ""}, {"smartphone", "Bring the phone with your number.", "Or ask somebody in your family."}, {"circle-check", "You get a message the same day.", ""}}}},
		{"Timeline", "on its way", Timeline{Words: words, Items: []Moment{{"Received", "26 November, 09:12", Done}, {"Being checked", "with the town hall since 10:42", Now}, {"Decision", "before 27 November", Later}}}},
		{"Hours", "a week", Hours{Caption: "Opening hours", Days: []HoursDay{
			{Name: "Monday", Spans: []string{"09:00–12:00", "14:00–17:30"}, Today: true},
			{Name: "Tuesday", Spans: []string{"09:00–12:00"}, Note: "by appointment"},
			{Name: "Wednesday", Closed: "closed", Note: "public holiday"}}}},
		{"Map", "numbered pins, one mark for several", exampleMap(words)},
		{"Map", "approximate, nothing on it", Map{Words: words, Title: "The ward", Approximate: true, Outline: exampleOutline}},
		{"QR", "an address", QR{Content: "https://auch.example.org/places/library", Label: "Address of this page"}},
		{"Icon", "small", Icon{Name: "phone"}},
		{"Icon", "in a tile", Icon{Name: "handshake", Big: true}},
	}
}

func wayExamples(words *i18n.Printer) []Example {
	return []Example{
		{"Breadcrumb", "three", Breadcrumb{Words: words, Crumbs: []Crumb{{"Home", "/"}, {"Places", "/places"}, {"Town library", ""}}}},
		{"LanguageMenu", "two", LanguageMenu{Words: words, Languages: []Language{{"fr", "Français", "/?hl=fr", true}, {"en", "English", "/?hl=en", false}}}},
		{"Tools", "all", Tools{Words: words, Listen: true, Print: true, Share: "/share"}},
	}
}

var exampleOutline = geo.Hull([]geo.Point{
	{Lat: 43.60, Lon: .53}, {Lat: 43.62, Lon: .60}, {Lat: 43.67, Lon: .64}, {Lat: 43.69, Lon: .58}, {Lat: 43.66, Lon: .52},
}, 500)

func exampleMap(words *i18n.Printer) Map {
	east := geo.Hull([]geo.Point{{Lat: 43.62, Lon: .60}, {Lat: 43.67, Lon: .64}, {Lat: 43.66, Lon: .58}}, 300)
	return Map{
		Words: words, Title: "Places in the town", Outline: exampleOutline, Near: 3500,
		Units: []MapUnit{{Name: "East", Outline: east, Label: true}},
		Pins: []Pin{
			{At: geo.Point{Lat: 43.646, Lon: .586}, Number: 1, Name: "Town library", Href: "/places/library"},
			{At: geo.Point{Lat: 43.664, Lon: .560}, Number: 2, Name: "Town hall", Href: "/places/hall"},
			{At: geo.Point{Lat: 43.622, Lon: .575}, Number: 3, Name: "School", Href: "/places/school"},
			{At: geo.Point{Lat: 43.6221, Lon: .5751}, Number: 4, Name: "Canteen", Href: "/places/canteen"},
		},
		Here: &geo.Point{Lat: 43.635, Lon: .565},
	}
}

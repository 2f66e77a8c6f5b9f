package directory

import (
	"slices"
	"strings"
)

// The standard's own values of each column that has a list of them (schema.json 1.0.2), in its order.
var (
	servicesOf102 = []string{"Aide aux démarches administratives", "Maîtrise des outils numériques du quotidien",
		"Insertion professionnelle via le numérique", "Utilisation sécurisée du numérique", "Parentalité et éducation avec le numérique",
		"Loisirs et créations numériques", "Compréhension du monde numérique", "Accès internet et matériel informatique",
		"Acquisition de matériel informatique à prix solidaire"}
	audiencesOf102 = []string{"Jeunes", "Étudiants", "Familles et/ou enfants", "Seniors", "Femmes"}
	careOf102      = []string{"Surdité", "Handicaps moteurs", "Handicaps mentaux", "Illettrisme", "Langues étrangères (autres)", "Déficience visuelle"}
	supportOf102   = []string{"En autonomie", "Accompagnement individuel", "Dans un atelier collectif", "À distance"}
	programmes     = []string{"Aidants Connect", "Bibliothèques numérique de référence", "Certification PIX", "Conseillers numériques",
		"Emmaüs Connect", "France Services", "Grande école du numérique", "La Croix Rouge", "Point d'accès numérique CAF",
		"Promeneurs du net", "Relais numérique (Emmaüs Connect)"}
	trainings = []string{"Formé à « Mon Espace Santé »", "Formé à « DUPLEX » (illettrisme)", "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
		"Collectif ressources et acteurs réemploi (Normandie)", "Étapes numériques(La Poste)", "Fabriques de Territoire",
		"Les Éclaireurs du numérique (Drôme)", "Mes Papiers (Métropole de Lyon)", "ORDI 3.0", "SUD LABS (PACA)"}
	// publicClosed is the one way of access that our words do not have: nobody is received there.
	publicClosed = "Ce lieu n'accueille pas de public"
)

// sayNeeds are our needs that a value of the column "services" says; sayAudiences those of whom it is for. Each of our
// codes stands under one value: a value that is read back brings no other with it.
var (
	sayNeeds = map[string][]string{
		"Aide aux démarches administratives":                    {"online-forms"},
		"Maîtrise des outils numériques du quotidien":           {"digital-first-steps", "digital-everyday"},
		"Insertion professionnelle via le numérique":            {"digital-skills-work"},
		"Parentalité et éducation avec le numérique":            {"parental-digital"},
		"Loisirs et créations numériques":                       {"digital-culture"},
		"Accès internet et matériel informatique":               {"internet-access", "computer-access"},
		"Acquisition de matériel informatique à prix solidaire": {"buy-device"},
	}
	sayAudiences = map[string][]string{
		"Jeunes": {"young"}, "Familles et/ou enfants": {"families"}, "Seniors": {"older"}, "Femmes": {"women"}, "Illettrisme": {"literacy"},
	}
	sayFees = map[string]string{FeeFree: "Gratuit", FeeConditional: "Gratuit sous condition", FeePaid: "Payant"}
)

// offered102 is what is offered at a place, as one: the standard has a row a place.
type offered102 struct {
	needs, audiences, ways, entry, languages, fees, details []string
	booking                                                 string
}

func offeredAsOne(services []Service) offered102 {
	var o offered102
	for i := range services {
		s := &services[i]
		o.needs, o.audiences = append(o.needs, s.Needs...), append(o.audiences, s.Audiences...)
		o.ways, o.entry, o.languages = append(o.ways, s.Ways...), append(o.entry, s.Entry...), append(o.languages, s.Languages...)
		o.details = append(o.details, s.Details["fr"])
		if s.Fee != FeeUnknown && s.Fee != "" {
			o.fees = append(o.fees, s.Fee)
		}
		if o.booking == "" {
			o.booking = s.Booking
		}
	}
	return o
}

// standardOffer writes what is offered, to whom, how, and at what cost. It comes after the ways to reach the place.
func standardOffer(e *Entry, cells map[string]string) {
	p, o := &e.Place, offeredAsOne(e.Services)
	put := func(column string, list []string) { cells[column] = strings.Join(list, "|") }
	put("services", sayCodes(p, "services", servicesOf102, standardServices, sayNeeds, o.needs,
		func(m meaning) []string { return m.needs }))
	whom := func(m meaning) []string { return m.audiences }
	put("publics_specifiquement_adresses", sayCodes(p, "publics_specifiquement_adresses", audiencesOf102, standardAudiences, sayAudiences, o.audiences, whom))
	care := sayCodes(p, "prise_en_charge_specifique", careOf102, standardAudiences, sayAudiences, o.audiences, whom)
	if slices.Contains(o.audiences, "migrants") && slices.Contains(o.languages, "en") {
		care = append(care, "Langues étrangères (anglais)")
	}
	put("prise_en_charge_specifique", care)
	cells["frais_a_charge"] = sayFees[fee(o.fees)]
	support := supportSaid(o.details)
	put("modalites_accompagnement", support)
	put("modalites_acces", access(p, o, support, cells))
	cells["prise_rdv"] = o.booking
}

// sayCodes are the values of a column that a place's codes say. What its source said in words wider than ours comes
// first, and explains the codes that it was read as; each other code brings the value it stands under.
func sayCodes(p *Place, column string, all []string, known standardValues, say map[string][]string, codes []string, of func(meaning) []string) []string {
	kept, explained := map[string]bool{}, map[string]bool{}
	for _, said := range saidIn(p, column) {
		if m, ok := known.means[valueKey(said)]; ok && m.keep {
			kept[valueKey(said)] = true
			for _, code := range of(m) {
				explained[code] = true
			}
		}
	}
	var list []string
	for _, value := range all {
		if kept[valueKey(value)] || slices.ContainsFunc(say[value], func(code string) bool { return slices.Contains(codes, code) && !explained[code] }) {
			list = append(list, value)
		}
	}
	return list
}

// supportSaid are the kinds of support that the services' details tell in the sentences that the reader writes there.
func supportSaid(details []string) []string {
	var list []string
	for _, value := range supportOf102 {
		sentence := standardSupport.means[valueKey(value)].say
		if slices.ContainsFunc(details, func(text string) bool {
			return strings.HasPrefix(text, sentence) || strings.Contains(text, ". "+sentence) || strings.Contains(text, "\n"+sentence)
		}) {
			list = append(list, value)
		}
	}
	return list
}

// access are the ways in. A way that the support already tells is said again only where the place publishes the number or
// the address that it needs.
func access(p *Place, o offered102, support []string, cells map[string]string) []string {
	ways := slices.Clone(o.ways)
	far := slices.Contains(support, "À distance")
	if far {
		ways = append(ways, WayOnline, WayPhone)
	}
	var list []string
	if slices.Contains(o.entry, EntryWalkIn) {
		list = append(list, "Se présenter")
	}
	if slices.Contains(ways, WayPhone) && (cells["telephone"] != "" || !far) {
		list = append(list, "Téléphoner")
	}
	booked := slices.Contains(o.entry, EntryAppointment) && (slices.Contains(ways, WayOnline) || o.booking != "")
	if booked {
		ways = append(ways, WayOnline)
	}
	if slices.Contains(ways, WayOnline) && (cells["courriels"] != "" || !far && !booked) {
		list = append(list, "Contacter par mail")
	}
	if booked {
		list = append(list, "Prendre un RDV en ligne")
	}
	if slices.ContainsFunc(saidIn(p, "modalites_acces"), func(said string) bool { return valueKey(said) == valueKey(publicClosed) }) {
		list = append(list, publicClosed)
	}
	if slices.Contains(o.entry, EntryReferral) {
		list = append(list, "Envoyer un mail avec une fiche de prescription")
	}
	return list
}

// standardLabels puts a place's programmes into the columns that have them; the others into the one for others.
func standardLabels(labels []string, cells map[string]string) {
	columns := []struct {
		name string
		of   []string
	}{{"dispositif_programmes_nationaux", programmes}, {"formations_labels", trainings}, {"autres_formations_labels", nil}}
	lists := make([][]string, len(columns))
	for _, label := range labels {
		for i, column := range columns {
			at := slices.IndexFunc(column.of, func(value string) bool { return valueKey(value) == valueKey(label) })
			if at < 0 && column.of != nil {
				continue
			}
			value := strings.Trim(oneLine(strings.NewReplacer("|", "/", ";", ",", "\n", " ").Replace(label)), ", ")
			if at >= 0 {
				value = column.of[at]
			}
			if value != "" && !slices.Contains(lists[i], value) {
				lists[i] = append(lists[i], value)
			}
			break
		}
	}
	for i, column := range columns {
		cells[column.name] = strings.Join(lists[i], "|")
	}
}

package directory

import (
	"strings"

	"parvis/internal/fold"
)

// meaning is what one value of the French standard says in our words.
type meaning struct {
	needs, audiences, ways, entry, equipment, languages []string
	fee                                                 string
	say                                                 string // a sentence for the service's details
	keep                                                bool   // say it also in the source's words: ours are wider
}

// The values of the standard 1.0.2 (schema.json of LaMednum/standard-mediation-num) and of its older forms.
var (
	standardServices = newValues(map[string]meaning{
		"Aide aux démarches administratives":                            {needs: []string{"online-forms", "social-rights"}},
		"Maîtrise des outils numériques du quotidien":                   {needs: []string{"digital-first-steps", "digital-everyday"}},
		"Insertion professionnelle via le numérique":                    {needs: []string{"digital-skills-work", "job"}},
		"Utilisation sécurisée du numérique":                            {needs: []string{"digital-everyday"}, keep: true},
		"Parentalité et éducation avec le numérique":                    {needs: []string{"parental-digital"}},
		"Loisirs et créations numériques":                               {needs: []string{"digital-culture"}},
		"Compréhension du monde numérique":                              {needs: []string{"digital-culture"}, keep: true},
		"Accès internet et matériel informatique":                       accessNeeds,
		"Acquisition de matériel informatique à prix solidaire":         {needs: []string{"buy-device"}},
		"Devenir autonome dans les démarches administratives":           {needs: []string{"online-forms"}},
		"Réaliser des démarches administratives avec un accompagnement": {needs: []string{"online-forms", "social-rights"}},
		"Prendre en main un smartphone ou une tablette":                 {needs: []string{"digital-first-steps"}},
		"Prendre en main un ordinateur":                                 {needs: []string{"digital-first-steps"}},
		"Utiliser le numérique au quotidien":                            {needs: []string{"digital-everyday"}},
		"Approfondir ma culture numérique":                              {needs: []string{"digital-culture"}},
		"Favoriser mon insertion professionnelle":                       {needs: []string{"digital-skills-work", "job"}},
		"Accéder à une connexion internet":                              {needs: []string{"internet-access"}, equipment: []string{"connection"}},
		"Accéder à du matériel":                                         {needs: []string{"computer-access"}, equipment: []string{"computer"}},
		"S'équiper en matériel informatique":                            {needs: []string{"buy-device"}},
		"Créer et développer mon entreprise":                            {needs: []string{"business-creation"}},
		"Créer avec le numérique":                                       {needs: []string{"digital-culture"}},
		"Accompagner les démarches de santé":                            {needs: []string{"health", "health-insurance", "online-forms"}},
		"Promouvoir la citoyenneté numérique":                           {needs: []string{"digital-culture"}, keep: true},
		"Soutenir la parentalité et l'éducation avec le numérique":      {needs: []string{"parental-digital"}},
	})
	accessNeeds = meaning{needs: []string{"internet-access", "computer-access"}, equipment: []string{"computer", "connection"}}

	standardAudiences = newValues(map[string]meaning{
		"Tous publics":                         {},
		"Tout public":                          {},
		"Adultes":                              {audiences: []string{"adults"}},
		"Jeunes":                               {audiences: []string{"young"}},
		"Jeunes (16-26 ans)":                   {audiences: []string{"young"}},
		"Étudiants":                            {audiences: []string{"young"}, keep: true},
		"Familles et/ou enfants":               {audiences: []string{"families"}},
		"Familles/enfants":                     {audiences: []string{"families"}},
		"Seniors":                              {audiences: []string{"older"}},
		"Seniors (+ 65 ans)":                   {audiences: []string{"older"}},
		"Femmes":                               {audiences: []string{"women"}},
		"Uniquement femmes":                    {audiences: []string{"women"}},
		"Public langues étrangères":            {audiences: []string{"migrants"}},
		"Langues étrangères (anglais)":         {audiences: []string{"migrants"}, languages: []string{"en"}},
		"Langues étrangères (autres)":          {audiences: []string{"migrants"}, keep: true},
		"Langues étrangères (autre)":           {audiences: []string{"migrants"}, keep: true},
		"Illettrisme":                          {audiences: []string{"literacy"}},
		"Personnes en situation d'illettrisme": {audiences: []string{"literacy"}},
		"Surdité":                              {audiences: []string{"disabled"}, keep: true},
		"Déficience visuelle":                  {audiences: []string{"disabled"}, keep: true},
		"Handicaps moteurs":                    {audiences: []string{"disabled"}, keep: true},
		"Handicaps mentaux":                    {audiences: []string{"disabled"}, keep: true},
		"Personnes en situation de handicap":   {audiences: []string{"disabled"}},
		"Demandeurs d'emploi":                  {audiences: []string{"job-seekers"}},
		"Public en situation de précarité":     {audiences: []string{"low-income"}},
		"Demandeurs d'emploi et/ou bénéficiaires de minimas sociaux": {audiences: []string{"job-seekers", "low-income"}},
	})

	standardFees = newValues(map[string]meaning{
		"Gratuit":                   {fee: FeeFree},
		"Gratuit sous condition":    {fee: FeeConditional},
		"Payant":                    {fee: FeePaid},
		"Adhésion":                  {fee: FeeConditional, keep: true},
		"Accepte le Pass numérique": {keep: true},
		"Pass numérique":            {keep: true},
	})

	standardAccess = newValues(map[string]meaning{
		"Se présenter":            {ways: []string{WayCounter}, entry: []string{EntryWalkIn}},
		"Téléphoner":              {ways: []string{WayPhone}},
		"Contacter par mail":      {ways: []string{WayOnline}},
		"Prendre un RDV en ligne": {ways: []string{WayOnline}, entry: []string{EntryAppointment}},
		"Envoyer un mail avec une fiche de prescription": {entry: []string{EntryReferral}},
		"Ce lieu n'accueille pas de public":              {keep: true},
	})

	standardSupport = newValues(map[string]meaning{
		"En autonomie":              {ways: []string{WayCounter}, say: "En autonomie."},
		"Seul":                      {ways: []string{WayCounter}, equipment: []string{"computer", "connection"}, say: "En autonomie, avec du matériel et une connexion."},
		"Accompagnement individuel": {ways: []string{WayCounter}, say: "Accompagnement individuel."},
		"Avec de l'aide":            {ways: []string{WayCounter}, say: "Accompagnement individuel."},
		"Dans un atelier collectif": {ways: []string{WayCounter}, say: "Atelier collectif."},
		"Dans un atelier":           {ways: []string{WayCounter}, say: "Atelier collectif."},
		"A ma place":                {ways: []string{WayCounter}, say: "Une personne habilitée fait les démarches à votre place."},
		"À distance":                {ways: []string{WayOnline, WayPhone}, say: "À distance."},
	})

	standardItinerance = newValues(map[string]meaning{"Itinérant": {}, "Fixe": {}})

	// standardKinds are the codes of typologie that our kinds have a word for.
	standardKinds = map[string]string{
		"muni": "town-hall", "epci": "town-hall", "pref": "town-hall", "reg": "town-hall", "dept": "town-hall",
		"rfs": "service-centre", "msap": "service-centre", "rs fjt": "service-point", "pimms": "service-centre",
		"caf": "service-centre", "cpam": "service-centre", "msa": "service-centre", "pe": "service-centre",
		"ccas": "social-centre", "cias": "social-centre", "cs": "social-centre", "csc": "social-centre", "evs": "social-centre",
		"mds": "social-centre", "cms": "social-centre", "udaf": "association", "bib": "library", "la poste": "post",
		"asso": "association", "asso chomeurs": "association", "cidff": "association", "ml": "service-point",
		"pij bij": "service-point", "epn": "service-point", "pad": "service-point", "mdph": "service-centre",
		"mjc": "community-hall", "mq": "community-hall", "tiers lieux": "community-hall", "fablab": "community-hall",
		"es": "school", "ressourcerie": "shop", "scp": "cooperative",
	}
)

// nameKinds tell from a place's name what it is, when the source does not say. The first that fits counts.
var nameKinds = []struct {
	words string
	kind  string
}{
	{"france services", "service-centre"}, {"maison de services", "service-centre"}, {"maison des services", "service-centre"},
	{"msap", "service-centre"}, {"mediatheque", "library"}, {"bibliotheque", "library"}, {"ludotheque", "library"},
	{"mairie", "town-hall"}, {"hotel de ville", "town-hall"}, {"ccas", "social-centre"}, {"centre social", "social-centre"},
	{"centre socio", "social-centre"}, {"centre socioculturel", "social-centre"}, {"espace socioculturel", "social-centre"},
	{"mjc", "community-hall"}, {"maison des jeunes", "community-hall"}, {"salle des fetes", "community-hall"},
	{"foyer rural", "community-hall"}, {"la poste", "post"}, {"bureau de poste", "post"}, {"ecole", "school"},
	{"college", "school"}, {"lycee", "school"}, {"ressourcerie", "shop"}, {"recyclerie", "shop"}, {"emmaus", "shop"},
	{"association", "association"}, {"ehpad", "nursing-home"}, {"bus ", "mobile-stand"},
}

// kindOfName guesses what a place is from its name; empty when the name does not tell.
func kindOfName(name string) string {
	words := " " + strings.Join(fold.Words(name), " ") + " "
	for _, n := range nameKinds {
		if strings.Contains(words, " "+n.words) {
			return n.kind
		}
	}
	return ""
}

// standardValues are the values that one column of the standard may have.
type standardValues struct {
	means  map[string]meaning // by valueKey
	called map[string]string  // by valueKey: as the standard writes it
}

func newValues(means map[string]meaning) standardValues {
	v := standardValues{map[string]meaning{}, map[string]string{}}
	for value, m := range means {
		v.means[valueKey(value)], v.called[valueKey(value)] = m, value
	}
	return v
}

// valueKey is a value as it is compared: folded words, without the explanation that older feeds add after a colon.
func valueKey(value string) string {
	value, _, _ = strings.Cut(value, " : ")
	return strings.Join(fold.Words(value), " ")
}

// nearest is the value that a misspelt one is closest to, as the standard writes it; empty when none is close.
func (v standardValues) nearest(value string) string {
	key := valueKey(value)
	pattern := fold.NewPattern(key)
	best, least := "", max(2, len(key)/4)+1
	for other, called := range v.called {
		if far := pattern.Distance(other); far < least || far == least && called < best {
			best, least = called, far
		}
	}
	return best
}

package opendata

// What our codes are in data.inclusion's vocabularies (schema v1). A code that is not here has no word there that says the
// same: it is left out.
var (
	inclusionThemes = map[string]string{
		"digital-first-steps": "numerique--maitriser-les-fondamentaux-du-numerique",
		"digital-everyday":    "numerique--maitriser-les-fondamentaux-du-numerique",
		"online-forms":        "numerique--acceder-a-des-services-en-ligne",
		"internet-access":     "numerique--acceder-a-une-connexion-internet",
		"buy-device":          "numerique--acquerir-un-equipement",
		"civil-status":        "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
		"residence":           "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
		"tax":                 "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
		"social-rights":       "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
		"legal-help":          "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits",
		"money":               "difficultes-financieres--ameliorer-sa-gestion-budgetaire",
		"debt":                "difficultes-financieres--situation-dendettement-surendettement",
		"health":              "sante--acces-aux-soins",
		"health-insurance":    "sante--acces-aux-soins",
		"elder-care":          "famille--prise-en-charge-personne-dependante",
		"home-help":           "equipement-et-alimentation--aide-menagere",
		"housing":             "logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement",
		"food":                "equipement-et-alimentation--alimentation",
		"clothing":            "equipement-et-alimentation--habillement",
		"job":                 "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi",
		"training":            "se-former--trouver-sa-formation",
		"business-creation":   "creer-une-entreprise--definir-son-projet-de-creation-dentreprise",
		"childcare":           "famille--garde-denfants",
		"family":              "famille--soutien-a-la-parentalite-et-a-leducation",
		"parental-digital":    "famille--soutien-a-la-parentalite-et-a-leducation",
		"violence":            "famille--surmonter-conflits-separation-violence",
		"migration-language":  "lecture-ecriture-calcul--maitriser-le-francais",
		"volunteering":        "remobilisation--benevolat-action-citoyenne",
		"culture-sport":       "remobilisation--activites-sportives-et-culturelles",
	}
	inclusionPublics = map[string]string{
		"young": "jeunes", "older": "seniors", "families": "familles", "women": "femmes", "disabled": "personnes-en-situation-de-handicap",
		"job-seekers": "demandeurs-emploi",
	}
	// inclusionNetworks is by the folded words of a programme.
	inclusionNetworks = map[string]string{
		"france services": "france-service", "aidants connect": "aidants-connect", "conseillers numeriques": "conseillers-numeriques",
		"conseiller numerique": "conseillers-numeriques", "emmaus connect": "emmaus", "la croix rouge": "croix-rouge",
		"point d acces numerique caf": "caf", "fabriques de territoire": "fabrique-de-territoire", "grande ecole du numerique": "grandes-ecoles-du-numerique",
	}
)

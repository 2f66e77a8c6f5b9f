package inclusion

import (
	"maps"
	"slices"
)

// themeOf is the theme that a need of ours is. A need that is not here has no word there that says the same.
var themeOf = map[string]string{
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

// needsOf is what each theme is in our needs: one need for each theme that we write, and for those that we do not write the
// need that a person would look under. A theme that several needs are written as is read as its first alone: the others
// would be more than it says.
var needsOf = func() map[string][]string {
	all := map[string][]string{
		"numerique--maitriser-les-fondamentaux-du-numerique":                                      {"digital-first-steps", "digital-everyday"},
		"sante--acces-aux-soins":                                                                  {"health"},
		"famille--soutien-a-la-parentalite-et-a-leducation":                                       {"family"},
		"difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives": {"civil-status"},
		"difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits":        {"social-rights"},
	}
	for _, need := range slices.Sorted(maps.Keys(themeOf)) {
		if theme := themeOf[need]; all[theme] == nil {
			all[theme] = []string{need}
		}
	}
	for need, themes := range map[string][]string{
		"business-creation": {"creer-une-entreprise--developper-son-entreprise", "creer-une-entreprise--structurer-son-projet-de-creation-dentreprise"},
		"job": {"choisir-un-metier--connaitre-les-opportunites-demploi", "preparer-sa-candidature--developper-son-reseau",
			"preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation", "preparer-sa-candidature--valoriser-ses-competences",
			"souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger", "souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger",
			"trouver-un-emploi--convaincre-un-recruteur-en-entretien", "trouver-un-emploi--faire-des-candidatures-spontanees",
			"trouver-un-emploi--maintien-dans-lemploi", "trouver-un-emploi--repondre-a-des-offres-demploi",
			"trouver-un-emploi--suivre-ses-candidatures-et-relancer-les-employeurs", "choisir-un-metier--confirmer-son-choix-de-metier",
			"choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite", "choisir-un-metier--identifier-ses-points-forts-et-ses-competences"},
		"legal-help": {"difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination",
			"difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire"},
		"money": {"difficultes-financieres--acquerir-une-autonomie-budgetaire", "difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere",
			"difficultes-financieres--mettre-en-place-une-mesure-de-protection-financiere"},
		"housing": {"logement-hebergement--acheter-un-logement", "logement-hebergement--changer-de-logement", "logement-hebergement--louer-un-logement",
			"logement-hebergement--rechercher-une-solution-dhebergement-temporaire", "logement-hebergement--reduire-les-impayes-de-loyer",
			"logement-hebergement--se-maintenir-dans-le-logement"},
		"transport": {"mobilite--acceder-a-un-vehicule", "mobilite--entretenir-reparer-son-vehicule", "mobilite--etre-accompagne-dans-son-parcours-mobilite",
			"mobilite--financer-ma-mobilite", "mobilite--mobilite-douce-partagee-collective", "mobilite--preparer-un-permis"},
		"health":     {"sante--addictions", "sante--sante-mentale", "sante--sante-sexuelle"},
		"disability": {"sante--constituer-un-dossier-mdph-invalidite"},
		"training":   {"se-former--monter-son-dossier-de-formation", "lecture-ecriture-calcul--maitriser-le-calcul"},
	} {
		for _, theme := range themes {
			all[theme] = []string{need}
		}
	}
	return all
}()

// publicOf is the audience of data.inclusion that one of ours is.
var publicOf = map[string]string{
	"young": "jeunes", "older": "seniors", "families": "familles", "women": "femmes", "disabled": "personnes-en-situation-de-handicap",
	"job-seekers": "demandeurs-emploi",
}

// audiencesOf is the other way, with what we read and do not write.
var audiencesOf = func() map[string][]string {
	all := map[string][]string{Everyone: {}, "beneficiaires-des-minimas-sociaux": {"low-income"}, "personnes-exilees": {"migrants"}}
	for ours, theirs := range publicOf {
		all[theirs] = []string{ours}
	}
	return all
}()

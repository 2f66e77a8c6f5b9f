package search

import "strings"

// stops are the small words of the five languages, folded. They are indexed like others; in a question that has other
// words too they may be missing, and count little. Words that fold to something one looks for (vi "nhà", fr "été",
// "sur" of a firm) stay out of the list.
var stops = func() map[string]bool {
	all := map[string]bool{}
	for _, text := range []string{
		// French
		`le la les l un une des du de d au aux a et ou en dans sur sous pour par avec sans chez que qui quoi dont ce cet cette ces c s
		 mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je j tu il elle on nous vous ils elles me m te t se ne n pas y
		 est sont suis etre ai as ont avoir comment quel quelle quels quelles si mais donc cherche veux voudrais besoin faut faire`,
		// Romanian
		`si sau din de la cu pe in intr dintr prin pentru spre sub fara ca ce care cel cea cei cele un o unei unui unor al ai ale lui ei lor
		 este sunt sa se nu mai mi imi va am are as vreau unde cum caut`,
		// Vietnamese
		`va cua cho la o tai cac nhung voi duoc tu den ve trong ngoai khi thi ma nay do mot co khong toi ban muon can tim`,
		// English
		`the a an of to and or in on at for with without from by is are be am i you he she it we they my your our their this that where
		 how what which who do does can need want find looking near me`,
		// Chinese
		`的 了 在 是 我 你 您 他 她 和 与 或 及 有 哪 里 哪里 吗 呢 吧 请 问 想 要 找 去 怎 么 什 这 那 个 之 为 到 从`,
	} {
		for word := range strings.FieldsSeq(text) {
			all[word] = true
		}
	}
	return all
}()

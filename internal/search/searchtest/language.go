package searchtest

import (
	"math/rand/v2"
	"strings"
)

// language is what places of one language are put together from.
type language struct {
	code     string
	share    int // of 100 places
	tight    bool
	kinds    []string // labels, by the kind's number
	named    []string // what a place is called after its kind: %p a person, %t a town, %q a quarter
	first    []string // first names
	streets  []string
	services []string
	filling  []string // words of descriptions
	parts    []string // family and town names are put together from these
	lat, lon float64
}

func lines(text string) []string {
	var all []string
	for part := range strings.SplitSeq(text, "|") {
		all = append(all, strings.TrimSpace(part))
	}
	return all
}

// kinds are the codes of the kinds of place, in the order of each language's labels.
var kinds = strings.Fields("town-hall library service-centre social-centre association school health-centre post shop nursing-home canteen community-hall")

var french = language{
	code: "fr", share: 50, lat: 50.4, lon: 3.1,
	kinds: lines(`Mairie|Bibliothèque municipale|Maison France services|Centre social|Association|Collège|Maison de santé|Bureau de poste|
		Ressourcerie|Résidence autonomie|Restaurant solidaire|Salle polyvalente`),
	named: lines("%p|de %t|%p|du quartier %q|%p de %t|Les %q|%q"),
	first: strings.Fields(`Jean Marie Pierre Louise Jules Simone Émile Germaine Victor Olympe François Hélène André Rosa Léon Joséphine Henri Lucie
		Gérard Amélie Jacques Nadia Fatima Mohamed Étienne Cécile`),
	streets: lines(`rue %p|rue de %t|avenue %p|place de la République|rue de l'Église|boulevard %p|chemin des %q|impasse %q|rue du Général %p|allée des %q`),
	services: lines(`Aide aux démarches en ligne|Accès à un ordinateur|Connexion internet et wifi|Apprendre à se servir d'un téléphone|Carte d'identité et passeport|
		Demande de logement social|Prestations familiales|Retraite et pension|Recherche d'emploi et CV|Déclaration de revenus|Aide alimentaire|
		Soutien à la parentalité|Droits et accès au juge|Écrivain public|Transport à la demande|Garde d'enfants|Santé et mutuelle|Handicap et MDPH|
		Permanence sociale|Réparation de vélos et d'appareils|Cours de français|Inscription à la cantine|Facture d'énergie|Surendettement et budget|
		Création d'entreprise|Ateliers informatiques pour débutants|Prévention des violences|Maintien à domicile et repas|Sport et culture|Jardin partagé`),
	filling: strings.Fields(`accueil chaque semaine sans rendez-vous avec une équipe bénévole matin après-midi gratuit pour tous les habitants conseiller
		numérique permanence écoute confidentielle atelier groupe personne âgée jeune famille accompagnement individuel ouvert salle étage entrée
		parking ascenseur bus arrêt gare mercredi samedi inscription téléphone courriel imprimante scanner photocopie`),
	parts: strings.Fields(`ber mont val lef dur mar tin gau per rin cha lan bou del van cour hou plin wam bre chies hem berg quin tour coing beau
		vois fon taine roch fort ville neuve rous sel ques noy aub ignies haze brouck stein werck`),
}

var vietnamese = language{
	code: "vi", share: 17, lat: 16.06, lon: 108.1,
	kinds: lines(`Ủy ban nhân dân|Thư viện|Bộ phận một cửa|Trung tâm công tác xã hội|Hội phụ nữ|Trường trung học cơ sở|Trạm y tế|Bưu điện|
		Cửa hàng đồ cũ|Nhà dưỡng lão|Bếp ăn từ thiện|Nhà văn hóa`),
	named:   lines("phường %t|xã %t|thôn %q|%p|khu phố %q"),
	first:   strings.Fields("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
	streets: lines("đường %p|đường %q|kiệt %q|quốc lộ %q"),
	services: lines(`Hỗ trợ nộp hồ sơ trực tuyến|Định danh điện tử mức hai|Bảo hiểm y tế|Trợ cấp người có công|Đăng ký khai sinh|Chứng thực chữ ký|
		Máy tính và mạng internet|Hướng dẫn dùng điện thoại|Đất đai và xây dựng|Nộp thuế điện tử|Chữ ký số|Bảo trợ xã hội|Giới thiệu việc làm|
		Khám bệnh tại nhà|Học bổng cho học sinh|Vay vốn sản xuất|Đăng ký tạm trú|Thanh toán không dùng tiền mặt`),
	filling: strings.Fields(`tiếp dân buổi sáng chiều thứ hai thứ sáu tổ công nghệ số cộng đồng tình nguyện viên hỗ trợ miễn phí bà con người cao tuổi
		đồng bào máy in mạng không dây phòng tầng ghế xe lăn điện thoại liên hệ hẹn trước tại nhà lưu động`),
	parts: strings.Fields(`Hải Vân Hòa Bắc Liên Sơn Trà Cẩm Lệ Thanh Khê Châu Ngũ Hành Tây Giang Đông Nam Phú Lộc Bình An Minh Tân Quang Trung Thọ
		Xuân Hà Vĩnh Điện Bàn Thạnh Mỹ Kỳ Phước Long Đức Hưng Thắng Lợi Tà Lang Dốc Kiền Đại Hiệp Duy Quế`),
}

var romanian = language{
	code: "ro", share: 15, lat: 44.39, lon: 26.11,
	kinds: lines(`Primăria|Biblioteca|Centrul de servicii|Centrul social|Asociația|Școala gimnazială|Centrul de sănătate|Oficiul poștal|
		Magazinul solidar|Căminul pentru vârstnici|Cantina socială|Căminul cultural`),
	named:   lines("%p|din %t|cartier %q|nr. %n %t|%q"),
	first:   strings.Fields("Ștefan Ion Maria Elena Mihai Alexandru Ioana Gheorghe Ana Andrei Cristina Vasile Nicolae Raluca Țepeș Ilinca"),
	streets: lines("Strada %p|Șoseaua %t|Bulevardul %p|Aleea %q|Intrarea %q|Splaiul %q|Piața %q"),
	services: lines(`Ajutor pentru cereri online|Acces la calculator|Internet gratuit|Carte de identitate|Impozite și taxe locale|Ajutor social|
		Indemnizație pentru handicap|Înscriere la grădiniță|Locuințe sociale|Certificat de urbanism|Căutarea unui loc de muncă|Îngrijire la domiciliu|
		Consiliere juridică|Semnătură electronică|Plata online|Ajutor alimentar|Bilete de transport|Sesizări și petiții`),
	filling: strings.Fields(`program zilnic dimineața fără programare voluntari locuitori asistență gratuită sală parter lift rampă telefon
		seniori tineri familii ateliere imprimantă scanare consilier miercuri vineri intrare stație tramvai metrou`),
	parts: strings.Fields(`Popes Iones cu eanu escu Berce ni Vitan Olten iței Giur giu lui Tine ret ului Apă ră torii Patr iei Progr esul Sud ului
		Dum brava Bră ila Crâng ași Rahova Mun cii Basa rabia Călă rași Tei Fundeni Bucur ești Pante limon`),
}

var chinese = language{
	code: "zh", share: 10, tight: true, lat: 31.23, lon: 121.45,
	kinds: lines(`人民政府|图书馆|社区事务受理服务中心|社会工作服务站|志愿者协会|中学|社区卫生服务中心|邮政局|爱心超市|养老院|社区食堂|文化活动中心`),
	named: lines("%t街道%q|%q|%t路%q|%q小区"), first: strings.Fields("王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙"),
	streets:  lines("%t路|%q路|%t街|%q弄"),
	services: lines(`网上办事帮办|居住证办理|医疗保险|养老金领取|残疾人补贴|上门服务|电脑和无线网络|手机使用培训|婚姻登记|住房保障|法律援助|就业指导|助餐服务|家庭病床|适老化改造|心理咨询|子女入学|公共租赁房`),
	filling:  strings.Fields("周一 周五 上午 下午 免费 老人 居民 志愿 预约 电话 打印 无障碍 电梯 地铁 公交 咨询 窗口 取号"),
	parts:    strings.Fields("静 安 南 京 西 北 东 宁 长 江 海 曹 家 渡 石 门 二 大 彭 浦 临 汾 天 目 芷 宝 山 重 庆 武 定 昌 平 华 新 闸 乐 和 泰 兴 康 延 中 共 永 福"),
}

var english = language{
	code: "en", share: 8, lat: 50.6, lon: 3.0,
	kinds: lines(`Town hall|Public library|One-stop centre|Community centre|Association|Secondary school|Health centre|Post office|
		Repair shop|Nursing home|Soup kitchen|Village hall`),
	named:   lines("of %t|%p|%q|at %q"),
	first:   strings.Fields("John Mary William Margaret Thomas Grace Robert Alice Henry Florence"),
	streets: lines("%q Road|%t Street|%p Avenue|Church Lane"),
	services: lines(`Help with online forms|Computers and printing|Free wifi|Learn to use a phone|Housing advice|Benefits and allowances|Food bank|
		Debt advice|Job search|Legal help|Language classes|Carers' group|Home visits|Disability support`),
	filling: strings.Fields(`open every morning without appointment volunteers welcome residents step free entrance lift parking printer scanner quiet
		room ground floor bus stop weekday evening`),
	parts: strings.Fields("ash ton ham ley wick brook field wood ford bridge stone mill hurst combe dale worth north south new old king"),
}

var languages = []*language{&french, &vietnamese, &romanian, &chinese, &english}

// skewed draws below n, small numbers far more often, as words and towns occur.
func skewed(r *rand.Rand, n int) int {
	v := r.Float64()
	return int(float64(n) * v * v * v)
}

func pick[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

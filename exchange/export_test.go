package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kith"
	"kith/data"
	"kith/ontology"
	"kith/store"
)

// story is a text with claims of every standing; a name that a spreadsheet
// would run, one that is markup, one that is a path.
var story = []struct {
	quote string
	claim kith.Claim
}{
	{"Lena Marsh endorsed Tomas Okafor in March 2021.", kith.Claim{Subject: ref("Lena Marsh", kith.Person), Predicate: "endorsed", Object: refp("Tomas Okafor", kith.Person), Time: kith.Time{From: "2021-03", To: "2021-03"}}},
	{"Okafor may run for governor, aides said.", kith.Claim{Subject: ref("Tomas Okafor", kith.Person), Predicate: "candidate_for", Value: "governor", Modality: kith.Hedged, Attribution: &kith.Attribution{Kind: kith.ByAnonymous, Name: "aides"}}},
	{"Marsh denied that she had met Cyrus Vane.", kith.Claim{Subject: ref("Lena Marsh", kith.Person), Predicate: "met_with", Object: refp("Cyrus Vane", kith.Person), Negated: true, Attribution: &kith.Attribution{Kind: kith.ByEntity, Name: "Lena Marsh"}}},
	{"Vane introduced Marsh to Okafor.", kith.Claim{Subject: ref("Cyrus Vane", kith.Person), Predicate: "introduced", Object: refp("Lena Marsh", kith.Person), Qualifiers: kith.Qualifiers{Third: refp("Tomas Okafor", kith.Person)}}},
	{"Vane gave $5,000 to =HYPERLINK(\"x\") Fund.", kith.Claim{Subject: ref("Cyrus Vane", kith.Person), Predicate: "donated_to", Object: refp("=HYPERLINK(\"x\") Fund", kith.Organization), Qualifiers: kith.Qualifiers{Amount: "5000", Currency: "USD"}}},
	{"Marsh chaired ../<b>Harbour</b> Board from 2011 to 2017.", kith.Claim{Subject: ref("Lena Marsh", kith.Person), Predicate: "led", Object: refp("../<b>Harbour</b> Board", kith.Organization), Qualifiers: kith.Qualifiers{Role: "chair"}, Time: kith.Time{From: "2011", To: "2017"}}},
	{"Marsh was mayor of Port Sorrel.", kith.Claim{Subject: ref("Lena Marsh", kith.Person), Predicate: "held_office", Object: refp("Port Sorrel", kith.Place), Value: "mayor"}},
	{"Marsh and Ida Marsh are sisters.", kith.Claim{Subject: ref("Lena Marsh", kith.Person), Predicate: "sibling_of", Object: refp("Ida Marsh", kith.Person)}},
}

func ref(name string, kind kith.EntityType) kith.EntityRef {
	return kith.EntityRef{Name: name, Type: kind}
}

func refp(name string, kind kith.EntityType) *kith.EntityRef {
	r := ref(name, kind)
	return &r
}

// storyReading makes the reading of the story.
func storyReading() *kith.Reading {
	text := ""
	for _, s := range story {
		text += s.quote + "\n"
	}
	r := &kith.Reading{Extractor: "hand/1", Document: kith.Document{ID: kith.NewDocumentID(text), Text: text, Title: "A story", Outlet: "The Harbour Post", Date: "2021-04-01",
		Address: "https://post.example/story", Authors: []string{"Ada Quill"}, Format: "text", Language: "en"}, Bytes: []byte(text), Sentences: len(story)}
	ids := map[string]kith.EntityID{}
	seal := func(e *kith.EntityRef) {
		if ids[e.Name] == "" {
			ids[e.Name] = kith.NewEntityID(r.Document.ID, e.Name, e.Type, 0)
			entity := kith.Entity{ID: ids[e.Name], Name: e.Name, Type: e.Type}
			if e.Name == "Lena Marsh" || e.Name == "Ida Marsh" {
				entity.Identifiers = map[string]string{"wikidata": fmt.Sprintf("Q%d", 1000+len(ids))}
			}
			r.Entities = append(r.Entities, entity)
		}
		e.ID = ids[e.Name]
	}
	for _, s := range story {
		c := s.claim
		if c.Object != nil {
			o := *c.Object
			c.Object = &o
		}
		if c.Qualifiers.Third != nil {
			o := *c.Qualifiers.Third
			c.Qualifiers.Third = &o
		}
		for _, e := range ends(&c) {
			seal(e)
		}
		if c.Modality == "" {
			c.Modality = kith.Asserted
		}
		at := strings.Index(text, s.quote)
		c.Evidence = kith.Evidence{Document: r.Document.ID, Start: at, End: at + len(s.quote), Quote: s.quote}
		c.Extractor, c.Confidence, c.Review = r.Extractor, 0.9, kith.Unreviewed
		c.Seal()
		r.Claims = append(r.Claims, c)
	}
	return r
}

// storySelection is a store with the story and all of it selected.
func storySelection(t testing.TB) (*store.Store, *Selection) {
	t.Helper()
	s, match := newStore(t)
	if _, err := s.PutAll(context.Background(), []*kith.Reading{storyReading()}, match); err != nil {
		t.Fatal(err)
	}
	return s, selectAll(t, s)
}

func selectAll(t testing.TB, s kith.Store) *Selection {
	t.Helper()
	terms, err := ontology.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	selection, err := Select(context.Background(), v, terms, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return selection
}

func exported(t testing.TB, name string, s *Selection) string {
	t.Helper()
	x, err := FindExporter(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Write(context.Background(), &b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// python runs a program with an input file; it skips where the modules are
// not installed.
func python(t *testing.T, modules, program, input string) string {
	t.Helper()
	exe, err := filepath.Abs(filepath.Join("..", "build", "python", "bin", "python3")) // made by scripts/python.sh
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(exe); err != nil {
		if exe, err = exec.LookPath("python3"); err != nil {
			t.Skip("Python is not installed")
		}
	}
	if err := exec.Command(exe, "-c", "import "+modules).Run(); err != nil {
		t.Skipf("Python has no module %s; install it with: make tools", modules)
	}
	file := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(file, []byte(input), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(exe, "-c", program, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestNetworkxReadsTheGraphs(t *testing.T) {
	_, s := storySelection(t)
	want := "7 7 endorsed hedged? False negated 1"
	for name, read := range map[string]string{"gexf": "networkx.read_gexf(sys.argv[1])", "graphml": "networkx.read_graphml(sys.argv[1])"} {
		t.Run(name, func(t *testing.T) {
			got := python(t, "networkx", `import networkx, sys
g = `+read+`
edges = [d for _, _, d in g.edges(data=True)]
print(g.number_of_nodes(), g.number_of_edges(), [d["predicate"] for d in edges if d["predicate"]=="endorsed"][0], "hedged?", any(d["modality"]=="hedged" for d in edges), "negated", sum(1 for d in edges if str(d["negated"]).lower()=="true"))`, exported(t, name, s))
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestGEXFKeepsTimeStandingAndSpeakers(t *testing.T) {
	_, s := storySelection(t)
	text := exported(t, "gexf", s)
	for _, part := range []string{`start="2021-03-01" end="2021-03-31"`, `start="2011-01-01" end="2017-12-31"`, `&lt;b&gt;Harbour`, "governor (hedged)", `value="Lena Marsh"`} {
		if !strings.Contains(text, part) {
			t.Errorf("it lacks %q", part)
		}
	}
	if err := xml.Unmarshal([]byte(text), new(struct {
		XMLName xml.Name `xml:"gexf"`
	})); err != nil {
		t.Error(err)
	}
}

func TestFollowTheMoneyAcceptsTheEntities(t *testing.T) {
	_, s := storySelection(t)
	text := exported(t, "ftm", s)
	if strings.Contains(text, "governor") || strings.Contains(text, "met") && strings.Contains(text, "denied") {
		t.Error("a hedged or denied claim stands as a fact")
	}
	got := python(t, "followthemoney", `import json, sys
from followthemoney import model
n = 0
for line in open(sys.argv[1]):
    data = json.loads(line)
    proxy = model.get_proxy(data, cleaned=False)
    proxy.schema.validate(data)
    for prop in proxy.iterprops():
        for value in proxy.get(prop):
            if prop.type.name not in ("entity",):
                assert prop.type.validate(value) or prop.type.clean(value) is not None, (prop.name, value)
    n += 1
print(n)`, text)
	if want := fmt.Sprint(strings.Count(text, "\n")); got != want {
		t.Errorf("followthemoney read %s entities of %s", got, want)
	}
}

func TestFollowTheMoneyComesBackAsTheSameTies(t *testing.T) {
	_, s := storySelection(t)
	f := &File{Name: "story.ftm.json", Data: []byte(exported(t, "ftm", s))}
	got := map[string]bool{}
	report, err := Count(context.Background(), ftmImporter(), f, Options{}, func(r *kith.Reading) {
		for _, c := range r.Claims {
			if c.Object != nil {
				got[c.Subject.Name+" "+string(c.Predicate)+" "+c.Object.Name] = true
			}
		}
	})
	if err != nil || !report.Balanced() || len(report.Refused) > 0 {
		t.Fatalf("got %+v and %v", report, err)
	}
	for _, want := range []string{"Lena Marsh sibling_of Ida Marsh", `Cyrus Vane donated_to =HYPERLINK("x") Fund`, "Lena Marsh led ../<b>Harbour</b> Board"} {
		if !got[want] {
			t.Errorf("the tie %q is lost; got %v", want, got)
		}
	}
}

func TestTablesKeepEveryClaimAndRunNoFormula(t *testing.T) {
	_, s := storySelection(t)
	z, err := zip.NewReader(strings.NewReader(exported(t, "csv", s)), int64(len(exported(t, "csv", s))))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		table, err := csv.NewReader(r).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		rows[f.Name] = len(table) - 1
		for _, row := range table {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%s: a spreadsheet would run %q", f.Name, cell)
				}
			}
		}
	}
	if rows["claims.csv"] != len(story) || rows["nodes.csv"] != 7 || rows["documents.csv"] != 1 || rows["ties.csv"] != len(story) {
		t.Errorf("got rows %v", rows)
	}
}

func TestFormulasAreNeutralisedAndNumbersAreNot(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "+cmd": "'+cmd", "@x": "'@x", "-2.5": "-2.5", "-a": "'-a", "a=b": "a=b", "": "", "\t=x": "'\t=x", "＝x": "'＝x", " =x": "' =x"} {
		if got := safeCell(in); got != want {
			t.Errorf("safeCell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLinkedDataHoldsStandingSpeakerAndTime(t *testing.T) {
	_, s := storySelection(t)
	var root struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(exported(t, "jsonld", s)), &root); err != nil {
		t.Fatal(err)
	}
	hedged, negated, siblings := 0, 0, 0
	for _, n := range root.Graph {
		if n["modality"] == "hedged" && n["author"] != nil {
			hedged++
		}
		if n["negated"] == true {
			negated++
		}
		if n["sibling"] != nil {
			siblings++
		}
	}
	if len(root.Graph) != 7+len(story)+1 || hedged != 1 || negated != 1 || siblings != 1 {
		t.Errorf("%d nodes, %d hedged, %d denied, %d with a sibling", len(root.Graph), hedged, negated, siblings)
	}
}

func TestQuickStatementsHaveNumbersAndReferences(t *testing.T) {
	_, s := storySelection(t)
	text := exported(t, "quickstatements", s)
	line := regexp.MustCompile(`^Q\d+\tP\d+\t(?:Q\d+|en:"[^"\t]*"|\+[\dTZ:-]+/\d+)(?:\t[PS]\d+\t[^\t]+)*$|^/\* .* \*/$`)
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		if !line.MatchString(l) {
			t.Errorf("bad line %q", l)
		}
	}
	if !strings.Contains(text, "\tP3373\t") || !strings.Contains(text, "\tS854\t\"https://post.example/story\"") || !strings.Contains(text, "no Wikidata number: Cyrus Vane") {
		t.Errorf("got %s", text)
	}
}

func TestVaultLinksLeadToPagesThatAreSafeFileNames(t *testing.T) {
	_, s := storySelection(t)
	files, err := writeVault(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{}
	for _, f := range files {
		if strings.Contains(f.Name, "..") || strings.ContainsAny(f.Name, `<>:"|?*\`) {
			t.Errorf("unsafe file name %q", f.Name)
		}
		pages[strings.TrimSuffix(filepath.Base(f.Name), ".md")] = true
	}
	link := regexp.MustCompile(`\[\[([^\]|]+)`)
	footnotes := 0
	for _, f := range files {
		for _, m := range link.FindAllSubmatch(f.Data, -1) {
			if !pages[string(m[1])] {
				t.Errorf("%s: the link %q leads nowhere", f.Name, m[1])
			}
		}
		footnotes += bytes.Count(f.Data, []byte("]: “"))
		if bytes.Contains(f.Data, []byte("<b>")) {
			t.Errorf("%s holds markup of a document", f.Name)
		}
	}
	if footnotes < len(story) {
		t.Errorf("%d footnotes for %d claims", footnotes, len(story))
	}
}

func TestDatasetteFileHasTablesAndSearch(t *testing.T) {
	_, s := storySelection(t)
	path := filepath.Join(t.TempDir(), "x.sqlite")
	if err := os.WriteFile(path, []byte(exported(t, "sqlite", s)), 0o644); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]int{"SELECT count(*) FROM claims": len(story), "SELECT count(*) FROM claims WHERE negated": 1, "SELECT count(*) FROM claims_readable WHERE subject = 'Lena Marsh'": 5,
		"SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'governor'": 1, "SELECT count(*) FROM pragma_foreign_key_check": 0} {
		var got int
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: got %d and %v, want %d", query, got, err, want)
		}
	}
}

func TestCitationsNameAuthorOutletAndDay(t *testing.T) {
	_, s := storySelection(t)
	var items []struct {
		Type, Title string
		Container   string `json:"container-title"`
		Issued      struct {
			Parts [][]int `json:"date-parts"`
		}
		Author []struct{ Family, Given string }
	}
	if err := json.Unmarshal([]byte(exported(t, "csl", s)), &items); err != nil {
		t.Fatal(err)
	}
	if len(items) != 1 || items[0].Type != "article-newspaper" || items[0].Container != "The Harbour Post" || fmt.Sprint(items[0].Issued.Parts) != "[[2021 4 1]]" || items[0].Author[0].Family != "Quill" {
		t.Errorf("got %+v", items)
	}
}

func TestClaimsComeBackWithTheSameIDs(t *testing.T) {
	_, s := storySelection(t)
	d := storyReading().Document
	file, err := ReadClaims(strings.NewReader(exported(t, "claims", s)), &d, nil)
	if err != nil || len(file.Refused) > 0 {
		t.Fatalf("refused %v, %v", file.Refused, err)
	}
	got := map[kith.ClaimID]bool{}
	for _, r := range file.Readings {
		for _, c := range r.Claims {
			got[c.ID] = true
		}
	}
	for _, c := range s.Claims {
		if !got[c.ID] {
			t.Errorf("the claim %q is lost", c.Evidence.Quote)
		}
	}
}

func TestArchiveRestoresToAnEqualStore(t *testing.T) {
	ctx := context.Background()
	s, before := storySelection(t)
	var lena kith.EntityID
	for _, e := range before.Entities {
		if e.Name == "Lena Marsh" {
			lena = e.ID
		}
	}
	if err := s.Decide(ctx, &kith.Decision{Action: kith.Accept, By: "ada", Why: "checked", ClaimID: before.Claims[0].ID}); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(ctx, &kith.Decision{Action: kith.Alias, By: "ada", Entities: []kith.EntityID{lena}, Value: "Mayor Marsh"}); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := WriteArchive(ctx, &archive, s); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "again.kith")
	if err := RestoreArchive(ctx, bytes.NewReader(archive.Bytes()), path); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(path, store.Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for _, format := range []string{"claims", "csv", "jsonld", "vault"} {
		if exported(t, format, selectAll(t, s)) != exported(t, format, selectAll(t, again)) {
			t.Errorf("the restored store exports another %s", format)
		}
	}
	if v, err := again.Verify(ctx); err != nil || len(v.Problems) > 0 {
		t.Errorf("verify: %v, %v", v.Problems, err)
	}
	if err := RestoreArchive(ctx, bytes.NewReader(archive.Bytes()), path); err == nil {
		t.Error("an archive was restored over a file")
	}
	for _, bad := range [][]byte{nil, archive.Bytes()[:len(archive.Bytes())/2], []byte("kith archive 1\nnothing")} {
		if err := RestoreArchive(ctx, bytes.NewReader(bad), filepath.Join(t.TempDir(), "bad.kith")); err == nil {
			t.Error("a damaged archive was restored")
		}
	}
	t.Run("imported into another store", func(t *testing.T) {
		other, match := newStore(t)
		f := &File{Name: "a.kith-archive", Data: archive.Bytes()}
		report := importInto(t, other, match, f, Options{})
		if report.Made != 1 || report.Claims != len(story) {
			t.Errorf("got %+v", report)
		}
		done, left, err := ReplayDecisions(ctx, other, f)
		if err != nil || done != 2 || left != 0 {
			t.Errorf("%d decisions repeated, %d left, %v", done, left, err)
		}
		if got := selectAll(t, other); exported(t, "claims", got) != exported(t, "claims", selectAll(t, s)) {
			t.Error("the imported claims differ")
		}
	})
}

func TestEveryFormatSaysWhatItCannotHold(t *testing.T) {
	for _, x := range Exporters() {
		if len(x.Loses) == 0 {
			t.Errorf("%s says nothing", x.Name)
		}
	}
}

func TestExportsAreTheSameBytesEachTime(t *testing.T) {
	s, first := storySelection(t)
	for _, x := range Exporters() {
		if x.Whole || x.Name == "sqlite" {
			continue
		}
		if a, b := exported(t, x.Name, first), exported(t, x.Name, selectAll(t, s)); a != b {
			t.Errorf("%s differs", x.Name)
		}
	}
}

func TestFiltersNarrowAnExport(t *testing.T) {
	s, _ := storySelection(t)
	v, err := s.View(context.Background(), kith.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for name, c := range map[string]struct {
		f    Filter
		want int
	}{"about": {Filter{About: "Cyrus Vane"}, 3}, "predicate": {Filter{Predicates: []kith.Predicate{"led"}}, 1}, "no hedged": {Filter{NoHedged: true}, len(story) - 1},
		"reviewed": {Filter{Reviewed: true}, 0}, "from": {Filter{From: "2019"}, len(story) - 1}, "two sources": {Filter{MinSources: 2}, 0}} {
		got, err := Select(context.Background(), v, nil, c.f)
		if err != nil || len(got.Claims) != c.want {
			t.Errorf("%s: got %d claims and %v, want %d", name, len(got.Claims), err, c.want)
		}
	}
}

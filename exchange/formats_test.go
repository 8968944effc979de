package exchange

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith"
)

var update = flag.Bool("update", false, "write the generated pages anew")

// TestFormatPagesMatchTheRegistry generates the index of docs/formats and
// wants a page with an example for every format.
func TestFormatPagesMatchTheRegistry(t *testing.T) {
	dir := filepath.Join("..", "docs", "formats")
	var b strings.Builder
	b.WriteString("# Formats\n\nThis page is generated from the registry (`go test ./exchange -run FormatPages -update`); `kith formats` prints the same.\n\n| format | what it is | commands | files | limits |\n| --- | --- | --- | --- | --- |\n")
	for _, f := range Formats() {
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s | %s | %s |\n", f.Name, f.Page, f.Label, f.Verbs(), strings.Join(f.Extensions, " "), f.Limits)
		page, err := os.ReadFile(filepath.Join(dir, f.Page))
		if err != nil {
			t.Errorf("%s has no page: %v", f.Name, err)
			continue
		}
		for _, part := range []string{"# ", "## Example", "```"} {
			if !strings.Contains(string(page), part) {
				t.Errorf("%s lacks %q", f.Page, part)
			}
		}
	}
	b.WriteString("\nMappings, by which tables and records are read, have [their own page](mapping.md).\n\n## What exports cannot hold\n\n")
	for _, x := range Exporters() {
		fmt.Fprintf(&b, "- **%s**: %s.\n", x.Name, strings.Join(x.Loses, "; "))
	}
	index := filepath.Join(dir, "README.md")
	if *update {
		if err := os.WriteFile(index, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(index)
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/formats/README.md is not what the registry says (%v); run: go test ./exchange -run FormatPages -update", err)
	}
}

func TestBulkFilesWithoutHeaderAreKnownByTheirNames(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"cn24.txt":   {"H4XX01001|QUAY, IDA|DEM|2024|VT|H|00|C|C|C00000001|1 PIER||PORT|VT|05401\n", "Ida Quay candidate_for United States House of Representatives"},
		"cm.txt":     {"C00000001|QUAY FOR CONGRESS|REED, TOM|1 PIER||PORT|VT|05401|P|H|DEM|Q|||H4XX01001\n", "Tom Reed employed_by Quay for Congress"},
		"itcont.txt": {"C00000001|N|Q1|P|1|15|IND|VANE, CYRUS|PORT|VT|05401|HARBOUR MILLS|OWNER|03042024|500||T1|1|||1\n", "Cyrus Vane donated_to Committee C00000001"},
		"itpas2.txt": {"C00000002|N|Q1|P|1|24K|COM|QUAY FOR CONGRESS|PORT|VT|05401|||03042024|1000|C00000001|H4XX01001|T1|1|||1\n", "Committee C00000002 donated_to Quay for Congress"},
	} {
		f := &File{Name: name, Data: []byte(c.row)}
		i, err := FindImporter("", f)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		report, err := Count(context.Background(), i, f, Options{}, func(r *kith.Reading) {
			checkReading(t, r)
			for _, c := range r.Claims {
				if c.Object != nil {
					got = append(got, c.Subject.Name+" "+string(c.Predicate)+" "+c.Object.Name)
				}
				if name == "itcont.txt" && c.Time.From != "2024-03-04" {
					t.Errorf("the day is %q", c.Time.From)
				}
			}
		})
		if err != nil || !report.Balanced() || len(got) == 0 || got[0] != c.want {
			t.Errorf("%s: got %q, %+v, %v", name, got, report, err)
		}
	}
}

// xlsxFile makes a workbook of one sheet: shared strings, a date, a number.
func xlsxFile(t testing.TB) []byte {
	t.Helper()
	data, err := zipFiles([]OutFile{
		{"xl/workbook.xml", []byte(`<workbook xmlns:r="r"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", []byte(`<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`)},
		{"xl/styles.xml", []byte(`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`)},
		{"xl/sharedStrings.xml", []byte(`<sst><si><t>name</t></si><si><t>father</t></si><si><t>mother</t></si><si><r><t>Ida </t></r><r><t>Quay</t></r></si><si><t>Otto Quay</t></si><si><t>married</t></si></sst>`)},
		{"xl/worksheets/sheet1.xml", []byte(`<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><t>spouse</t></is></c><c r="E1" t="s"><v>5</v></c></row>` +
			`<row><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="D2" t="inlineStr"><is><t>Tom Reed</t></is></c><c r="E2" s="1"><v>44259</v></c></row></sheetData></worksheet>`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSpreadsheetIsReadWithItsDates(t *testing.T) {
	f := &File{Name: "family.xlsx", Data: xlsxFile(t)}
	i, err := FindImporter("", f)
	if err != nil {
		t.Fatal(err)
	}
	claims := map[string]kith.Claim{}
	report, err := Count(context.Background(), i, f, Options{}, func(r *kith.Reading) {
		for _, c := range r.Claims {
			claims[string(c.Predicate)] = c
		}
	})
	if err != nil || report.Rows != 1 || report.Claims != 2 {
		t.Fatalf("got %+v, %v", report, err)
	}
	if c := claims["spouse_of"]; c.Time.From != "2021-03-04" || c.Object.Name != "Tom Reed" || c.Subject.Name != "Ida Quay" {
		t.Errorf("got %+v", c)
	}
}

func TestNamesInCapitalsAreWrittenSmall(t *testing.T) {
	for in, want := range map[string]string{"MCCARTHY": "McCarthy", "JOHN O'BRIEN III": "John O'Brien III", "BANK OF THE WEST": "Bank of the West", "Ida de Quay": "Ida de Quay", "AFL-CIO": "AFL-CIO", "SMITH-JONES": "Smith-Jones", "J.P. MORGAN": "J.P. Morgan", "U.S. SENATE": "U.S. Senate"} {
		if got := recase(in); got != want {
			t.Errorf("recase(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Lee^Ann^^Jr.": "Ann Lee Jr.", "Lee^Ann B.^Mrs.^": "Ann B. Lee", "Mill Trust": "Mill Trust", "Lee^Ann^Jr": "Ann Lee Jr"} {
		if got := caret(in); got != want {
			t.Errorf("caret(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"LEE, ANN B.": "ANN B. LEE", "Lee, Ann, Jr.": "Ann Lee Jr.", "Mill Trust, Inc.": "Inc. Mill Trust", "Ann": "Ann"} {
		if got := flip(in); got != want && in != "Mill Trust, Inc." {
			t.Errorf("flip(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDatesOfTablesAreRead(t *testing.T) {
	for in, want := range map[string]kith.Date{"1/21/77": "1977-01-21", "8/2/2022": "2022-08-02", "20210304": "2021-03-04", "2021-03-04T10:00:00Z": "2021-03-04", "2021-00-00": "2021", "2021-03": "2021-03", "March 4, 2021": "2021-03-04", "13/45/2021": "", "x": "", "1893": "1893"} {
		if got := parseDate(in, ""); got != want {
			t.Errorf("parseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMappingsSayWhatIsWrongWithThem(t *testing.T) {
	for text, cause := range map[string]string{
		"name: x\nclaims: []\n":                                                            "no claims",
		"name: x\nclams: []\n":                                                             "clams",
		"claims: [{predicate: a}]\n":                                                       "no subject",
		"claims: [{predicate: a, subject: b}]\n":                                           "no entity \"b\"",
		"claims: [{predicate: a, subject: {type: Persn, name: \"{a}\"}}]\n":                "unknown type",
		"claims: [{predicate: a, subject: {type: Person, name: \"{a\"}}]\n":                "not closed",
		"claims: [{predicate: a, subject: {type: Person, name: \"{a|shout}\"}}]\n":         "unknown filter",
		"claims: [{predicate: a, subject: {type: Person, name: x}, qualifiers: {z: y}}]\n": "unknown qualifier",
	} {
		if _, err := ParseMapping("x.yaml", []byte(text), os.DirFS(t.TempDir())); err == nil || !strings.Contains(err.Error(), cause) {
			t.Errorf("%q: got %v, want %q", text, err, cause)
		}
	}
}

func TestBuiltInMappingsAreSoundAndNameKnownPredicates(t *testing.T) {
	all, err := Mappings("")
	if err != nil || len(all) < 20 {
		t.Fatalf("got %d mappings and %v", len(all), err)
	}
	known := map[string]bool{}
	files, err := filepath.Glob("../data/predicates/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		known[strings.TrimSuffix(filepath.Base(f), ".yaml")] = true
	}
	for _, m := range all {
		for _, c := range m.Claims {
			if !known[c.Predicate] {
				t.Errorf("%s: there is no predicate %q", m.Name, c.Predicate)
			}
		}
	}
}

func FuzzImporters(f *testing.F) {
	for name, text := range map[string]string{"a.csv": "name,father,mother\nIda Quay,Otto Quay,\n", "a.json": `[{"id":{"govtrack":1},"name":{"last":"Quay"},"terms":[{"type":"rep","start":"2001"}]}]`,
		"a.yaml": "- id: {govtrack: 1}\n  name: {last: Quay, first: Ida}\n  terms: [{type: rep, state: VT, start: 2001-01-03}]\n", "a.fec": "HDR\x1cFEC\x1c8.3\x1cx\nF3N\x1cC1\x1cQuay\nSA11AI\x1cC1\x1ct\x1c\x1c\x1cIND\x1c\x1cVane\x1cCy\n",
		"b.fec": "\"HDR\",\"FEC\",\"3.00\"\n\"SA11A1\",\"C1\",\"IND\",\"Vane^Cy\"\n[BEGINTEXT]\nx\n", "c.fec": "/* Header\nFEC_Ver_# = 2.02\n/* End Header\nSA11A1,C1,IND,Vane^Cy",
		"a.ijson": `{"id":"a","schema":"Person","properties":{"name":["Ida"],"alias":["Di"]}}` + "\n", "p.json": `{"persons":[{"id":"1","name":"Ida"}],"organizations":[{"id":"2","name":"B","classification":"legislature"}],"memberships":[{"person_id":"1","organization_id":"2"}]}`,
		"Q1.json": `{"entities":{"Q1":{"type":"item","id":"Q1","labels":{"en":{"value":"Ida"}},"claims":{"P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q5"}}}}],"P26":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q2"}}}}]}}}}`,
		"a.xlsx":  string(xlsxFile(f)), "cn.txt": "H4|QUAY, IDA|DEM|2024|VT|H\n"} {
		f.Add(name, text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		file := &File{Name: name, Data: []byte(text)}
		i, err := FindImporter("", file)
		if err != nil {
			return
		}
		report, err := Count(context.Background(), i, file, Options{}, func(r *kith.Reading) { checkReading(t, r) })
		if err == nil && !report.Balanced() {
			t.Fatalf("the counts do not add up: %+v", report)
		}
	})
}

func FuzzMapping(f *testing.F) {
	f.Add("name: x\nclaims: [{predicate: a, subject: {type: Person, name: \"{a ?? b|upper}\"}}]\n", "a,b\nx,y\n")
	f.Fuzz(func(t *testing.T, mapping, table string) {
		m, err := ParseMapping("x.yaml", []byte(mapping), os.DirFS("."))
		if err != nil {
			return
		}
		report, err := Count(context.Background(), csvImporter(), &File{Name: "x.csv", Data: []byte(table)}, Options{Mapping: m}, func(r *kith.Reading) { checkReading(t, r) })
		if err == nil && !report.Balanced() {
			t.Fatalf("the counts do not add up: %+v", report)
		}
	})
}

package exchange

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"kith"
)

const officersMapping = `
name: officers
format: csv
match: {columns: [name, company, role]}
claims:
  - predicate: employed_by
    subject: {type: Person, name: "{name}"}
    object: {type: Organization, name: "{company}"}
    qualifiers: {role: "{role}"}
`

// TestTablesAreReadHoweverTheyAreWritten reads one table as spreadsheets of
// several lands and years save it.
func TestTablesAreReadHoweverTheyAreWritten(t *testing.T) {
	m, err := ParseMapping("officers.yaml", []byte(officersMapping), nil)
	if err != nil {
		t.Fatal(err)
	}
	table := "name,company,role\nIda Quäy,Harbour Board,chair\nTom Reed,Mill Trust,clerk\n"
	semicolons := strings.ReplaceAll(table, ",", ";")
	wide := func(bigEndian bool, text string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(text)) {
			if bigEndian {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return string(b)
	}
	for name, text := range map[string]string{"commas": table, "semicolons": semicolons, "separator named": "sep=;\r\n" + strings.ReplaceAll(semicolons, "\n", "\r\n"),
		"tabs": strings.ReplaceAll(table, ",", "\t"), "bars": strings.ReplaceAll(table, ",", "|"), "mark": "\ufeff" + table,
		"UTF-16 little-endian": wide(false, "\ufeff"+table), "UTF-16 big-endian": wide(true, "\ufeff"+table), "UTF-16 without mark": wide(false, table),
		"Latin-1": strings.ReplaceAll(table, "ä", "\xe4"), "quoted": "\"name\",\"company\",\"role\"\n\"Ida Quäy\",\"Harbour Board\",\"chair\"\n\"Tom Reed\",\"Mill Trust\",\"clerk\"\n"} {
		var got []string
		report, err := Count(context.Background(), csvImporter(), &File{Name: "officers.csv", Data: []byte(text)}, Options{Mapping: m}, func(r *kith.Reading) {
			checkReading(t, r)
			for _, c := range r.Claims {
				got = append(got, c.Subject.Name+" "+c.Object.Name+" "+c.Qualifiers.Role)
			}
		})
		if err != nil || !report.Balanced() || !slices.Equal(got, []string{"Ida Quäy Harbour Board chair", "Tom Reed Mill Trust clerk"}) {
			t.Errorf("%s: got %q, %+v, %v", name, got, report, err)
		}
	}
}

func TestMergedCellsStandInEachOfTheirRows(t *testing.T) {
	cell := func(at, text string) string {
		return `<c r="` + at + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	data, err := zipFiles([]OutFile{
		{"xl/workbook.xml", []byte(`<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", []byte(`<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`)},
		{"xl/worksheets/sheet1.xml", []byte(`<worksheet><sheetData><row r="1">` + cell("A1", "Officers of the port") + `</row>` +
			`<row r="3">` + cell("A3", "name") + cell("B3", "company") + cell("C3", "role") + `</row>` +
			`<row r="4">` + cell("A4", "Ida Quay") + cell("B4", "Harbour Board") + cell("C4", "chair") + `</row>` +
			`<row r="5">` + cell("A5", "Tom Reed") + cell("C5", "clerk") + `</row></sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B4:B5"/><mergeCell ref="B9:B99999999"/><mergeCell ref="x:y"/></mergeCells></worksheet>`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := ParseMapping("officers.yaml", []byte(officersMapping), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	report, err := Count(context.Background(), xlsxImporter(), &File{Name: "officers.xlsx", Data: data}, Options{Mapping: m}, func(r *kith.Reading) {
		for _, c := range r.Claims {
			got = append(got, c.Subject.Name+" "+c.Object.Name)
		}
	})
	if err != nil || !slices.Equal(got, []string{"Ida Quay Harbour Board", "Tom Reed Harbour Board"}) {
		t.Errorf("got %q, %+v, %v", got, report, err)
	}
}

// TestPopoloIsReadInItsForms reads memberships that stand apart and those that
// persons hold; motions and votes are counted.
func TestPopoloIsReadInItsForms(t *testing.T) {
	person := map[string]any{"id": "p1", "name": "Ida Quay", "memberships": []any{map[string]any{"id": "m1", "role": "member", "organization": map[string]any{"name": "Harbour Assembly"}, "start_date": "2011"}}}
	for name, c := range map[string]struct {
		file any
		rows int
	}{
		"a person":        {person, 3},
		"a list":          {[]any{person}, 3},
		"twice, a motion": {map[string]any{"persons": []any{person}, "organizations": []any{map[string]any{"id": "o", "name": "Harbour Assembly"}}, "memberships": []any{map[string]any{"id": "m1", "person_id": "p1", "organization_id": "o", "role": "member", "start_date": "2011"}}, "motions": []any{map[string]any{"text": "That the harbour be dredged"}}}, 4},
	} {
		text, err := json.Marshal(c.file)
		if err != nil {
			t.Fatal(err)
		}
		f := &File{Name: "people.json", Data: text}
		i, err := FindImporter("", f)
		if err != nil || i.Name != "popolo" {
			t.Fatalf("%s: taken for %q, %v", name, i.Name, err)
		}
		var got []string
		report, err := Count(context.Background(), i, f, Options{}, func(r *kith.Reading) {
			checkReading(t, r)
			for _, c := range r.Claims {
				got = append(got, c.Subject.Name+" "+string(c.Predicate)+" "+c.Object.Name+" "+string(c.Time.From))
			}
		})
		if err != nil || !report.Balanced() || report.Rows != c.rows || !slices.Equal(got, []string{"Ida Quay member_of Harbour Assembly 2011"}) {
			t.Errorf("%s: got %q, %+v, %v", name, got, report, err)
		}
	}
}

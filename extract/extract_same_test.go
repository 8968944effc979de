package extract

import (
	"reflect"
	"testing"

	"kith"
)

func TestClaimsSayTheSameJustWhereTheirIDsAreEqual(t *testing.T) {
	made := func() kith.Claim {
		return kith.Claim{Subject: kith.EntityRef{Name: "Ann Lee"}, Object: &kith.EntityRef{}, Attribution: &kith.Attribution{},
			Qualifiers: kith.Qualifiers{Third: &kith.EntityRef{}}}
	}
	for i, change := range changes(reflect.TypeFor[kith.Claim](), nil) {
		a, b := made(), made()
		change(reflect.ValueOf(&b).Elem())
		if same := a.ComputeID() == b.ComputeID(); sayTheSame(&a, &b) != same {
			t.Errorf("change %d: the ids are equal: %t; the claims say the same: %t: %+v", i, same, !same, b)
		}
	}
	a, b := made(), made()
	b.Object = nil
	if sayTheSame(&a, &b) {
		t.Error("a claim without an object says the same as one with one")
	}
}

// changes lists a change for each field, those of fields within fields too.
func changes(of reflect.Type, path []int) (list []func(reflect.Value)) {
	switch of.Kind() {
	case reflect.Pointer:
		of = of.Elem()
	case reflect.Struct:
	default:
		return []func(reflect.Value){func(v reflect.Value) { set(v.FieldByIndex(path)) }}
	}
	for i := range of.NumField() {
		list = append(list, changes(of.Field(i).Type, append(append([]int(nil), path...), i))...)
	}
	return list
}

func set(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("changed")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(.7)
	}
}

use super::*;
use crate::intake::synonyms::{CONTRACT, VENDOR};
use crate::texts::text;

/// The fields of the synonym tables, with a few labels of the screen.
fn fields(table: &'static [(&'static str, &'static [&'static str])]) -> Vec<FieldSpec> {
    let label = |key: &str| match key {
        "name" => text("Name", "名称"),
        "title" => text("Title", "标题"),
        "ends_on" => text("Last day", "到期日"),
        _ => text("", ""),
    };
    table.iter().map(|(key, synonyms)| FieldSpec { key, label: label(key), synonyms }).collect()
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn build(columns: &[&str], entries: &[&str]) -> Result<Mapping, IntakeError> {
    Mapping::build(&strings(columns), &fields(CONTRACT), &strings(entries))
}

/// What each column fills; `""` for nothing.
fn filled(table: &'static [(&'static str, &'static [&'static str])], columns: &[&str]) -> Vec<&'static str> {
    let mapping = Mapping::build(&strings(columns), &fields(table), &[]).unwrap();
    (0..columns.len())
        .map(|column| match mapping.of(column) {
            ColumnUse::Field(key) => key,
            _ => "",
        })
        .collect()
}

#[test]
fn real_lists_map_without_help() {
    let awarded = [
        "_id",
        "Document Number",
        "RFx (Solicitation) Type",
        "High Level Category",
        "Successful Supplier",
        "Award",
        "Award Authority Obtained Date",
        "Division",
        "Solicitation Document Description",
        "Supplier Address",
        "Wards",
    ];
    assert_eq!(
        filled(CONTRACT, &awarded),
        ["", "number", "", "", "vendor", "value", "signed_on", "owner", "title", "", ""]
    );
    let noncompetitive = [
        "_id",
        "Workspace Number",
        "Reason",
        "Contract Date",
        "Supplier Name",
        "Contract Amount",
        "Division",
    ];
    assert_eq!(
        filled(CONTRACT, &noncompetitive),
        ["", "number", "", "signed_on", "vendor", "value", "owner"]
    );
    let chinese = ["供应商名称", "合同编号", "合同名称", "签订日期", "有效期至", "合同金额"];
    assert_eq!(filled(CONTRACT, &chinese), ["vendor", "number", "title", "signed_on", "ends_on", "value"]);
    assert_eq!(
        filled(VENDOR, &["name", "headquarterAddress", "legalName", "websiteUrl", "category", "domains"]),
        ["name", "address", "name_en", "website", "category", ""]
    );
    assert_eq!(
        filled(VENDOR, &["stock_code", "short_name", "list_date2"]),
        ["external_id", "short_name", ""]
    );
    assert_eq!(
        filled(VENDOR, &["供应商", "联系电话", "统一社会信用代码", "备注"]),
        ["name", "phone", "credit_code", "notes"]
    );
}

#[test]
fn names_are_compared_folded() {
    assert_eq!(fold(" ＰＯ＿Number (#) "), "ponumber");
    assert_eq!(filled(CONTRACT, &["CONTRACT-NO.", "ＳＩＧＮＥＤ＿ＯＮ", "#"]), ["number", "signed_on", ""]);
    assert_eq!(filled(CONTRACT, &["到期日", "Starts On"]), ["ends_on", "starts_on"]);
}

#[test]
fn our_own_keys_go_before_labels_and_labels_before_synonyms() {
    let mapping = build(&["Description", "title", "金额"], &[]).unwrap();
    assert_eq!(mapping.column("title"), Some(1));
    assert_eq!(mapping.of(0), ColumnUse::Passed("title"));
    let mapping = build(&["Description", "标题"], &[]).unwrap();
    assert_eq!(mapping.column("title"), Some(1));
}

#[test]
fn two_columns_for_one_field_are_an_error_that_names_both() {
    let both = |columns: &[&str]| IntakeError::FieldMappedTwice { field: "value", columns: strings(columns) };
    assert_eq!(build(&["Amount", "Award"], &[]), Err(both(&["Amount", "Award"])));
    assert_eq!(build(&["x", "y"], &["x=value", "y=value"]), Err(both(&["x", "y"])));
    let mapping = build(&["Amount", "Award"], &["Award=value"]).unwrap();
    assert_eq!((mapping.column("value"), mapping.of(0)), (Some(1), ColumnUse::Passed("value")));
    let mapping = build(&["Amount", "Award"], &["Award=ignore"]).unwrap();
    assert_eq!((mapping.column("value"), mapping.of(1)), (Some(0), ColumnUse::Dropped));
}

#[test]
fn the_user_maps_by_name_position_key_or_label() {
    let mapping = build(&["A=B", "Reason", "x"], &["A=B=number", "reason = 标题", "#3=VALUE"]).unwrap();
    let uses: Vec<ColumnUse> = (0..4).map(|column| mapping.of(column)).collect();
    let want = [ColumnUse::Field("number"), ColumnUse::Field("title"), ColumnUse::Field("value")];
    assert_eq!(uses[..3], want);
    assert_eq!(uses[3], ColumnUse::Unmapped);
}

#[test]
fn entries_that_name_nothing_say_what_there_is() {
    let error = build(&["a", "b"], &["c=title"]);
    assert_eq!(
        error,
        Err(IntakeError::UnknownColumn { name: "c".to_owned(), possible: strings(&["a", "b"]) })
    );
    assert!(matches!(build(&["a"], &["#2=title"]), Err(IntakeError::UnknownColumn { .. })));
    let Err(IntakeError::UnknownField { name, possible }) = build(&["a"], &["a=colour"]) else { panic!() };
    assert!(name == "colour" && possible.contains(&"title"));
    assert!(matches!(build(&["a"], &["a="]), Err(IntakeError::UnknownField { .. })));
    assert_eq!(build(&["a"], &["a"]), Err(IntakeError::MapWithoutField { entry: "a".to_owned() }));
    let twice = IntakeError::ColumnMappedTwice { column: "A".to_owned() };
    assert_eq!(build(&["a"], &["a=title", "A=ignore"]), Err(twice));
}

#[test]
fn columns_of_one_name_are_told_apart_by_position_only() {
    let error = IntakeError::DuplicateHeader { name: "name".to_owned(), columns: vec![1, 2] };
    assert_eq!(build(&["name", "name", "amount"], &[]), Err(error.clone()));
    assert_eq!(build(&["name", "name", "amount"], &["name=title"]), Err(error));
    let mapping = build(&["name", "name", "amount"], &["#2=title"]).unwrap();
    assert_eq!(mapping.column("title"), Some(1));
    assert!(build(&["a", "", ""], &[]).is_ok());
}

#[test]
fn another_name_stands_in_for_a_missing_one() {
    let columns = strings(&["stock_code", "short_name"]);
    let mut mapping = Mapping::build(&columns, &fields(VENDOR), &[]).unwrap();
    assert_eq!(mapping.column("name"), None);
    assert_eq!(mapping.stand_in("name", &["name_zh", "short_name"]), Some("short_name"));
    assert_eq!((mapping.column("name"), mapping.column("short_name")), (Some(1), Some(1)));
    assert_eq!(mapping.stand_in("name", &["external_id"]), None);
    assert_eq!(mapping.stand_in("phone", &["email"]), None);
}

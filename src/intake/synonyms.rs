//! What others call our fields: the headers of lists that were met, in English and Chinese.
//!
//! Data only. A name stands here when it means one field of the kind in every list; what may mean
//! two things stays out and is mapped by hand: `_id`, `ID` and `Code` (of the row, of the vendor, of
//! its country), `合同金额（万元）` (ten thousand times the unit), `联系人` (a contact, which is a record of its own).

/// A field's key and the names others give it. Compared folded: case, blanks and marks do not count.
pub type Synonyms = (&'static str, &'static [&'static str]);

/// The names of a field in the lists of others; `kind` is `vendor` or `contract`.
#[must_use]
pub fn synonyms(kind: &str, key: &str) -> &'static [&'static str] {
    let table = match kind {
        "vendor" => VENDOR,
        "contract" => CONTRACT,
        _ => &[],
    };
    table.iter().find(|(field, _)| *field == key).map_or(&[], |(_, names)| names)
}

/// Lists of vendors: Toronto and SCMS open data, probo, adata, and the ledgers of Chinese firms.
#[rustfmt::skip]
pub const VENDOR: &[Synonyms] = &[
    ("name", &[
        "vendor", "vendor name", "supplier", "supplier name", "successful supplier", "company",
        "company name", "contractor", "contractor name", "provider", "service provider", "供应商",
        "供应商名称", "供方名称", "公司", "公司名称", "单位名称", "企业名称", "厂商", "厂商名称", "服务商",
        "服务商名称", "承包商", "外包商", "外包商名称",
    ]),
    ("name_zh", &["chinese name", "name in chinese", "中文名", "中文名称", "公司中文名称", "中文全称"]),
    ("name_en", &[
        "legal name", "english name", "name in english", "英文名", "英文名称", "公司英文名称", "英文全称",
    ]),
    ("short_name", &["abbreviation", "简称", "公司简称", "企业简称", "供应商简称", "证券简称", "股票简称"]),
    ("aliases", &["alias", "also known as", "aka", "other names", "former names", "别名", "曾用名"]),
    ("credit_code", &[
        "unified social credit code", "social credit code", "uscc", "信用代码", "统一社会信用代码",
        "社会信用代码", "统一信用代码",
    ]),
    ("class", &["service class", "outsourcing type", "外包类型", "外包类别", "服务类型"]),
    ("region", &["onshore offshore", "境内境外", "境内外"]),
    ("country", &[
        "country code", "country of registration", "国家", "国别", "国家代码", "国家地区", "所在国家",
    ]),
    ("tier", &["vendor tier", "supplier tier", "segment", "供应商分级", "供应商层级", "分级"]),
    ("state", &["status", "vendor status", "supplier status", "状态", "供应商状态", "合作状态", "准入状态"]),
    ("category", &[
        "vendor category", "supplier category", "industry", "类别", "分类", "供应商类别", "供应商分类",
        "行业", "所属行业", "服务类别",
    ]),
    ("preferred", &["preferred vendor", "preferred supplier", "首选", "优选供应商"]),
    ("owner", &[
        "vendor owner", "supplier owner", "relationship owner", "vendor manager", "relationship manager",
        "account owner", "负责人", "责任人", "归口部门", "供应商经理", "管理部门",
    ]),
    ("tags", &["tag", "labels", "标签"]),
    ("phone", &[
        "telephone", "tel", "phone number", "telephone number", "mobile", "mobile phone", "contact phone",
        "电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "固定电话",
    ]),
    ("email", &[
        "email address", "mail", "contact email", "邮箱", "电子邮箱", "电子邮件", "邮件", "联系邮箱",
    ]),
    ("website", &[
        "website url", "web", "url", "homepage", "web address", "网址", "网站", "官网",
        "公司网站",
    ]),
    ("address", &[
        "headquarter address", "headquarters address", "supplier address", "vendor address",
        "company address", "registered address", "office address", "地址", "公司地址", "注册地址", "办公地址",
        "联系地址", "通讯地址",
    ]),
    ("notes", &["note", "remark", "remarks", "comment", "comments", "备注", "说明"]),
    ("external_id", &[
        "external reference", "source id", "vendor id", "vendor code", "vendor number", "vendor no",
        "supplier id", "supplier code", "supplier number", "supplier no", "stock code", "外部编号",
        "外部编码", "供应商编号", "供应商编码", "供应商代码", "证券代码", "股票代码",
    ]),
];

/// Lists of contracts: Toronto open data, and the contract ledgers of Chinese firms.
#[rustfmt::skip]
pub const CONTRACT: &[Synonyms] = &[
    ("number", &[
        "document number", "contract no", "contract number", "contract id", "contract ref",
        "contract reference", "agreement number", "agreement no", "po number", "po no", "purchase order",
        "purchase order number", "workspace number", "合同编号", "合同号", "合同编码", "协议编号", "订单号",
        "采购订单号",
    ]),
    ("vendor", &[
        "vendor name", "vendor code", "supplier", "supplier name", "successful supplier", "awarded supplier",
        "contractor", "contractor name", "counterparty", "service provider", "供应商", "供应商名称", "供方",
        "供方名称", "乙方", "乙方名称", "服务商", "服务商名称", "承包商", "外包商", "外包商名称", "对方单位",
        "合同相对方", "相对方名称", "中标单位", "中标供应商",
    ]),
    ("title", &[
        "contract title", "contract name", "contract description", "agreement name", "description", "subject",
        "solicitation document description", "名称", "合同名称", "合同标题", "协议名称", "项目名称", "标题",
        "合同主题",
    ]),
    ("kind", &["contract type", "contract kind", "agreement type", "合同类型", "合同类别", "合同种类"]),
    ("parent", &[
        "parent contract", "master agreement", "framework agreement", "主合同", "主合同编号", "框架合同",
    ]),
    ("state", &["status", "contract status", "状态", "合同状态", "履约状态"]),
    ("signed_on", &[
        "award authority obtained date", "award date", "contract date", "date awarded", "date signed",
        "signed date", "signature date", "signing date", "签订日期", "签署日期", "签约日期", "签订时间",
        "签署时间", "签约时间", "中标日期",
    ]),
    ("starts_on", &[
        "start", "start date", "contract start", "contract start date", "effective date", "commencement date",
        "开始日期", "起始日期", "生效日期", "合同开始日期", "合同起始日期", "合同生效日期", "服务开始日期",
    ]),
    ("term", &[
        "contract term", "duration", "contract duration", "term length", "期限", "合同期限", "服务期限",
    ]),
    ("ends_on", &[
        "end", "end date", "contract end", "contract end date", "expiry", "expiry date", "expiration date",
        "expires on", "last day", "结束日期", "终止日期", "截止日期", "到期日", "到期日期", "到期时间",
        "有效期至", "合同结束日期", "合同终止日期", "合同到期日", "合同到期日期", "服务结束日期",
    ]),
    ("renewal", &["renewal type", "renewal kind", "续约", "续约方式", "续签方式"]),
    ("renewal_term", &["renewal period", "续约期限", "续签期限"]),
    ("notice", &[
        "notice period", "our notice period", "termination notice", "通知期", "提前通知期", "解约通知期",
    ]),
    ("notice_theirs", &[
        "their notice period", "vendor notice period", "supplier notice period", "对方通知期",
    ]),
    ("value", &[
        "award", "amount", "award amount", "awarded amount", "contract amount", "contract value",
        "contract sum", "total", "total amount", "total value", "total contract value", "tcv", "金额",
        "合同金额", "合同金额（元）", "金额（元）", "总金额", "合同总额", "合同总价", "合同总金额",
        "合同价款", "成交金额", "中标金额", "签约金额",
    ]),
    ("owner", &[
        "division", "department", "contract owner", "contract manager", "business owner", "responsible",
        "部门", "负责人", "责任人", "经办人", "经办部门", "归口部门", "需求部门", "业务部门", "责任部门",
        "合同负责人",
    ]),
    ("our_entity", &[
        "buyer", "buying entity", "contracting entity", "甲方", "甲方名称", "我方", "我方主体", "签约主体",
        "采购人", "采购单位",
    ]),
    ("signatory_ours", &["our signatory", "甲方签署人", "我方签署人"]),
    ("signatory_theirs", &[
        "their signatory", "vendor signatory", "supplier signatory", "乙方签署人", "对方签署人",
    ]),
    ("replaced_by", &["successor contract", "replacement contract", "后续合同", "替代合同"]),
    ("uplift", &["price uplift", "annual uplift", "price increase", "续约涨幅", "年涨幅"]),
    ("uplift_index", &["price index", "indexation", "涨价指数", "调价指数"]),
    ("legal_reviewer", &["legal", "reviewed by legal", "法务", "法务审核人"]),
    ("approved_by", &["approver", "审批人", "批准人"]),
    ("approved_on", &["approval date", "date approved", "审批日期", "批准日期"]),
    // Others' lists call the planned end and the deadline the date of termination and of notice: read
    // as what was done, they would end contracts that run.
    ("notice_given_on", &["date notice given", "已发通知日期"]),
    ("terminated_on", &["terminated early on", "提前终止日期"]),
    ("end_reason", &["termination reason", "reason ended", "终止原因", "解除原因"]),
    ("tags", &["tag", "labels", "标签"]),
    ("notes", &["note", "remark", "remarks", "comment", "comments", "备注", "说明"]),
    ("external_id", &["external reference", "source id", "外部编号", "外部编码"]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::intake::mapping::fold;

    #[test]
    fn a_name_means_one_field_of_its_kind() {
        for table in [VENDOR, CONTRACT] {
            let mut owner = HashMap::new();
            for (key, names) in table {
                for name in names.iter().chain([key]) {
                    let folded = fold(name);
                    assert!(!folded.is_empty() && folded != "id", "{name}");
                    assert_eq!(owner.insert(folded, key), None, "{name} of {key} is there twice");
                }
            }
        }
    }

    #[test]
    fn names_are_found_by_kind_and_key() {
        assert!(synonyms("contract", "vendor").contains(&"Successful Supplier".to_lowercase().as_str()));
        assert!(synonyms("vendor", "phone").contains(&"电话"));
        assert!(synonyms("vendor", "number").is_empty());
        assert!(synonyms("risk", "title").is_empty());
    }

    #[test]
    fn what_may_be_planned_is_not_read_as_done() {
        let done = ["notice_given_on", "terminated_on"].map(|key| synonyms("contract", key)).concat();
        for name in
            ["termination date", "终止日期", "解除日期", "notice date", "通知日期", "termination notice date"]
        {
            assert!(!done.contains(&name), "{name}");
        }
        assert!(done.contains(&"提前终止日期") && done.contains(&"已发通知日期"));
    }
}

//! What is billed and paid fits together: an invoice bills what belongs to its contract, and is paid in
//! its own currency.

use crate::domain::cost::Layer;
use crate::entity::{CostLine, Invoice, Kind, Link, Payment, Problem, Ref, Value, typed};
use crate::register::Refusal;
use crate::store::card;
use crate::store::change::Txn;
use crate::texts::{Sentence, Text, text};

impl Txn<'_> {
    /// Refuses an invoice of what belongs to another contract, and a payment in another currency.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] at the field that does not fit.
    pub(in crate::store) fn check_money(&self, at: Ref, values: &[Value]) -> Result<(), Refusal> {
        let problem = match at.kind {
            Kind::Invoice => self.of_invoice(at, values)?,
            Kind::Payment => self.of_payment(values)?,
            _ => None,
        };
        problem.map_or(Ok(()), |problem| Err(Refusal::Invalid(vec![problem])))
    }

    fn of_invoice(&self, at: Ref, values: &[Value]) -> Result<Option<Problem>, Refusal> {
        let Ok(invoice) = typed::<Invoice>(values) else { return Ok(None) };
        for (key, link) in [("cost_line", &invoice.cost_line), ("change_request", &invoice.change_request)] {
            let Some(link) = link else { continue };
            let record = self.record(Ref { kind: link.kind, id: link.id })?;
            let own = record.get("contract").as_link().map(|link| link.id);
            if own != invoice.contract.as_ref().map(|link| link.id) {
                let says = Sentence::from(STRANGER).with("code", &link.code);
                return Ok(Some(Problem::new(key, says)));
            }
            let line = typed::<CostLine>(&record.values).ok().filter(|_| link.kind == Kind::CostLine);
            if line.is_some_and(|line| line.layer == Some(Layer::Baseline)) {
                let says = Sentence::from(NOBODY_BILLS).with("code", &link.code);
                return Ok(Some(Problem::new(key, says)));
            }
        }
        for payment in card::children(&self.tx, Kind::Payment, "invoice", at.id)? {
            let paid = typed::<Payment>(&payment.values).ok().and_then(|payment| payment.amount);
            let (Some(paid), Some(amount)) = (paid, invoice.amount) else { continue };
            if paid.currency != amount.currency {
                let says = Sentence::from(PAID_OTHERWISE).with("code", &payment.code);
                return Ok(Some(Problem::new("amount", says.with("currency", paid.currency))));
            }
        }
        Ok(None)
    }

    fn of_payment(&self, values: &[Value]) -> Result<Option<Problem>, Refusal> {
        let Ok(payment) = typed::<Payment>(values) else { return Ok(None) };
        let (Some(Link { id, code, .. }), Some(paid)) = (payment.invoice, payment.amount) else {
            return Ok(None);
        };
        let invoice = self.record(Ref { kind: Kind::Invoice, id })?;
        let amount = typed::<Invoice>(&invoice.values).ok().and_then(|invoice| invoice.amount);
        let other = amount.map(|amount| amount.currency).filter(|currency| *currency != paid.currency);
        Ok(other.map(|currency| {
            let says = Sentence::from(OTHER_CURRENCY).with("code", code).with("currency", currency);
            Problem::new("amount", says)
        }))
    }
}

const STRANGER: Text = text(
    "{code} belongs to another contract. Name one of this contract.",
    "{code} 属于其他合同，请选择本合同的记录。",
);
const NOBODY_BILLS: Text = text(
    "{code} is the in-house baseline, which nobody bills. Name another line.",
    "{code} 为自营基准，不会产生发票，请另选。",
);
const PAID_OTHERWISE: Text = text(
    "{code} paid of it in {currency}. Keep that currency, or correct the payment first.",
    "{code} 已以 {currency} 付款。请保持该币种，或先更正付款。",
);
const OTHER_CURRENCY: Text = text(
    "{code} is in {currency}. Enter what was paid of it in {currency}.",
    "{code} 的币种为 {currency}，请以 {currency} 填写付款金额。",
);

using FluentValidation;

namespace Ecosystem.Workflows.Deals;

/// <summary>What a registration must have. An import may bring one without a customer: it is taken in and then asked about.</summary>
internal sealed class DealRegistrationValidator : AbstractValidator<DealRegistration>
{
    public DealRegistrationValidator()
    {
        RuleFor(deal => deal.PartnerId.Value).NotEmpty().OverridePropertyName("partnerId").WithMessage("The partner is missing; give the id of the partner that registers.");
        RuleFor(deal => deal.Products)
            .Must(products => products.Count > 0 && products.All(product => !string.IsNullOrWhiteSpace(product) && product.Length <= 200))
            .WithMessage("The products are missing; name at least one, each as in the price book.");
        RuleFor(deal => deal.Amount.Amount)
            .GreaterThanOrEqualTo(0m).OverridePropertyName("amount").WithMessage("The amount is negative; give the estimated value, zero or more.")
            .LessThan(1_000_000_000_000m).OverridePropertyName("amount").WithMessage("The amount is a trillion or more; give the estimated value of this one deal.");
        RuleFor(deal => deal.Amount)
            .Must(amount => amount.Currency != default).OverridePropertyName("currency").WithMessage("The currency is missing; give its ISO 4217 code, for example EUR.")
            .Must(amount => amount == amount.Rounded()).OverridePropertyName("amount").WithMessage("The amount has fractions of a cent; give it in whole cents.");
        RuleFor(deal => deal.Customer!).SetValidator(new CustomerDetailsValidator()).When(deal => deal.Customer is not null);
    }
}

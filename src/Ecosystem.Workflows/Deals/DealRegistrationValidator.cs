using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
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
        RuleFor(deal => deal.Customer!).ChildRules(customer =>
        {
            customer.RuleFor(details => details.LegalName)
                .Must(name => CompanyName.Key(name).Length > 0).WithMessage("The name of the customer is missing; give it as it stands in the register.")
                .MaximumLength(200).WithMessage("The name is longer than 200 characters; give the registered name only.");
            customer.RuleFor(details => details.Domain)
                .Must(domain => string.IsNullOrWhiteSpace(domain) || RegistrableDomain.Of(domain) is not null)
                .WithMessage(details => $"'{details.Domain}' is not a domain; give one such as example.com, or leave it empty.");
            customer.RuleFor(details => details.Country)
                .Must(country => string.IsNullOrWhiteSpace(country) || PartnerApplicationValidator.Countries.IsKnown(country))
                .WithMessage(details => $"'{details.Country}' is not a country; give its ISO 3166 code of two capital letters, for example DE.");
        }).When(deal => deal.Customer is not null);
    }
}

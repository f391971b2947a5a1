using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Partners.Matching;
using FluentValidation;

namespace Ecosystem.Workflows.Deals;

/// <summary>What a customer must have, whether a registration names it or a CRM's file.</summary>
internal sealed class CustomerDetailsValidator : AbstractValidator<CustomerDetails>
{
    public CustomerDetailsValidator()
    {
        RuleFor(details => details.LegalName)
            .Must(name => CompanyName.Key(name).Length > 0).WithMessage("The name of the customer is missing; give it as it stands in the register.")
            .MaximumLength(200).WithMessage("The name is longer than 200 characters; give the registered name only.");
        RuleFor(details => details.Domain)
            .Must(domain => string.IsNullOrWhiteSpace(domain) || RegistrableDomain.Of(domain) is not null)
            .WithMessage(details => $"'{details.Domain}' is not a domain; give one such as example.com, or leave it empty.");
        RuleFor(details => details.Country)
            .Must(country => string.IsNullOrWhiteSpace(country) || PartnerApplicationValidator.Countries.IsKnown(country))
            .WithMessage(details => $"'{details.Country}' is not a country; give its ISO 3166 code of two capital letters, for example DE.");
    }
}

using System.Collections.Frozen;
using System.Globalization;
using System.Net.Mail;
using Ecosystem.Workflows.Partners.Matching;
using FluentValidation;

namespace Ecosystem.Workflows.Partners;

/// <summary>What an application must have.</summary>
internal sealed class PartnerApplicationValidator : AbstractValidator<PartnerApplication>
{
    public PartnerApplicationValidator()
    {
        RuleFor(application => application.LegalName)
            .Must(name => CompanyName.Key(name).Length > 0).WithMessage("The registered name of the company is missing; give it as it stands in the register.")
            .MaximumLength(200).WithMessage("The name is longer than 200 characters; give the registered name only.");
        RuleFor(application => application.Country)
            .Must(Countries.IsKnown).WithMessage(application => $"'{application.Country}' is not a country; give its ISO 3166 code of two capital letters, for example DE.");
        RuleFor(application => application.Domain)
            .Must(domain => string.IsNullOrWhiteSpace(domain) || RegistrableDomain.Of(domain) is not null)
            .WithMessage(application => $"'{application.Domain}' is not a domain; give one such as example.com, or leave it empty.");
        RuleFor(application => application.ExpectedAnnualRevenue)
            .GreaterThanOrEqualTo(0m).WithMessage("The expected revenue is negative; give zero or more.");
        RuleFor(application => application.RequestedDiscount)
            .InclusiveBetween(0m, 100m).WithMessage("The discount asked for must be between 0 and 100 per cent.");
        RuleFor(application => application.Type).IsInEnum().WithMessage("The type of partner is unknown; choose one of those the form offers.");
        RuleFor(application => application.Contact!).SetValidator(new ContactDetailsValidator()).When(application => application.Contact is not null);
    }

    internal sealed class ContactDetailsValidator : AbstractValidator<ContactDetails>
    {
        public ContactDetailsValidator()
        {
            RuleFor(contact => contact.Name)
                .Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("The name of the contact is missing; give the name of the person.")
                .MaximumLength(200).WithMessage("The name is longer than 200 characters.");
            RuleFor(contact => contact.Email)
                .Must(email => string.IsNullOrEmpty(email) || (MailAddress.TryCreate(email, out var parsed) && parsed.Address == email.Trim() && RegistrableDomain.Of(email) is not null))
                .WithMessage("The e-mail address is not one; give it in the form name@example.com.");
        }
    }

    internal static class Countries
    {
        private static readonly FrozenSet<string> Codes = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName)
            .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper))
            .ToFrozenSet(StringComparer.Ordinal);

        public static bool IsKnown(string? code) => code is not null && Codes.Contains(code.Trim().ToUpperInvariant());
    }
}

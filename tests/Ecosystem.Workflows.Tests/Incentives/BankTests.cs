using Ecosystem.Workflows.Incentives.Files;

namespace Ecosystem.Workflows.Tests.Incentives;

public class BankTests
{
    [Theory]
    [InlineData("DE89370400440532013000", true)]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("FR1420041010050500013M02606", true)]
    [InlineData("NO9386011117947", true)]
    [InlineData("DE89370400440532013001", false)]
    [InlineData("DE98370400440532013000", false)]
    [InlineData("DE8937040044053201300", false)]
    [InlineData("de89370400440532013000", false)]
    [InlineData("DE89 3704 0044 0532 0130 00", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsIban_KnownVectors_ChecksLengthAndDigits(string? iban, bool valid) => Assert.Equal(valid, BankIdentifiers.IsIban(iban));

    [Theory]
    [InlineData("021000021", true)]
    [InlineData("011401533", true)]
    [InlineData("091000019", true)]
    [InlineData("021000022", false)]
    [InlineData("000000000", false)]
    [InlineData("02100002", false)]
    [InlineData("02100002A", false)]
    public void IsRoutingNumber_KnownVectors_ChecksWeightedSum(string number, bool valid) => Assert.Equal(valid, BankIdentifiers.IsRoutingNumber(number));

    [Theory]
    [InlineData("COBADEFFXXX", true)]
    [InlineData("DEUTDEFF", true)]
    [InlineData("DEUTDEF", false)]
    [InlineData("DEUT12FF", false)]
    [InlineData("deutdeff", false)]
    public void IsBic_Shape_Checked(string bic, bool valid) => Assert.Equal(valid, BankIdentifiers.IsBic(bic));

    [Theory]
    [InlineData("Müller & Söhne GmbH", "Muller + Sohne GmbH")]
    [InlineData("Straße", "Strasse")]
    [InlineData("Łódź ", "Lodz")]
    [InlineData("Ærø", "AEro")]
    [InlineData("北京 Ltd", ".. Ltd")]
    [InlineData("a\tb\u00a0 c", "a b c")]
    [InlineData("smile 😀!", "smile ..")]
    public void ToLatin_OtherLetters_AreTransliterated(string text, string expected)
    {
        Assert.Equal(expected, BankText.ToLatin(text));
        Assert.True(BankText.IsLatin(BankText.ToLatin(text)));
    }

    [Theory]
    [InlineData("payout-2017-03-USD-001", true)]
    [InlineData("/x", false)]
    [InlineData("x/", false)]
    [InlineData("a//b", false)]
    [InlineData("", false)]
    [InlineData("ä", false)]
    [InlineData("123456789012345678901234567890123456", false)]
    public void IsIdentifier_Rules_OfTheRulebook(string id, bool valid) => Assert.Equal(valid, BankText.IsIdentifier(id));

    [Fact]
    public void Mask_LongNumber_LeavesFourCharacters() => Assert.Equal("******************3000", BankIdentifiers.Mask("DE89370400440532013000"));
}

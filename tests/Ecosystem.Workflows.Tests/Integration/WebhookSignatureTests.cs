using System.Net;
using Ecosystem.Workflows.Integration.Webhooks;

namespace Ecosystem.Workflows.Tests.Integration;

public sealed class WebhookSignatureTests
{
    // The vector of the specification of Standard Webhooks.
    [Fact]
    public void Sign_PublishedVector_GivesItsSignature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    public void IsPublic_Address_TellsWhetherOutsidersMayMakeUsCallIt(string address, bool isPublic) =>
        Assert.Equal(isPublic, WebhookAddress.IsPublic(IPAddress.Parse(address)));
}

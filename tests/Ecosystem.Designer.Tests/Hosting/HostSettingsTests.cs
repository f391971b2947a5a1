using Ecosystem.Designer.Hosting;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.Designer.Tests.Hosting;

public class HostSettingsTests
{
    [Theory]
    [InlineData("Ecosystem:Role", "boss", "--role boss is unknown; use web, worker or all.")]
    [InlineData("Ecosystem:Role", "1", "--role 1 is unknown; use web, worker or all.")]
    [InlineData("Database:Provider", "Oracle", "Database__Provider is \"Oracle\"; use Sqlite, SqlServer, PostgreSql.")]
    [InlineData("Database:Provider", "SqlServer", "Database__Provider SqlServer needs ConnectionStrings__Ecosystem.")]
    [InlineData("Ecosystem:Urls", "somewhere", "Ecosystem__Urls: \"somewhere\" is not an address such as http://127.0.0.1:5080.")]
    [InlineData("Ecosystem:Demo", "perhaps", "Ecosystem__Demo is \"perhaps\"; use true or false.")]
    [InlineData("Ecosystem:Studio", "/no/such/folder", "Ecosystem__Studio: the folder /no/such/folder does not exist.")]
    public void Read_ValueThatCannotWork_NamesTheKeyAndWhatWouldBeRight(string key, string value, string message)
    {
        var error = Assert.Throws<StartupException>(() => Read((key, value)));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Read_WorkerWithoutTemporalAddress_Refuses()
    {
        var error = Assert.Throws<StartupException>(() => Read(("Ecosystem:Role", "worker")));
        Assert.Contains("Temporal__Address", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080;http://[::1]:5081", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://127.0.0.1:5080;http://10.1.2.3:80", false)]
    [InlineData("http://*:80", false)]
    public void Read_DemoUnset_OnlyOnLoopback(string urls, bool demo) => Assert.Equal(demo, Read(("Ecosystem:Urls", urls)).Demo);

    private static HostSettings Read(params (string Key, string Value)[] values) => HostSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, string? (v) => v.Value)).Build());
}

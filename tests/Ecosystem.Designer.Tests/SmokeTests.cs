namespace Ecosystem.Designer.Tests;

public class SmokeTests
{
    [Fact]
    public void Runner_Starts_Passes() => Assert.True(Environment.Version.Major >= 10);
}

using Ecosystem.Temporal;
using Ecosystem.Temporal.Tests.Survival;
using Ecosystem.Temporal.Tests.Wire;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    ["wire", .. var rest] => await WireCommand.RunAsync(rest),
    ["crash", .. var rest] => await CrashRun.CommandAsync(rest),
    ["soak", .. var rest] => await SoakCommand.RunAsync(rest),
    ["serve", .. var rest] => await TemporalCommand.RunAsync(rest, Console.Out, Console.Error),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, Ecosystem.Temporal.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};

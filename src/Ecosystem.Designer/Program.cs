using Ecosystem.Designer.Hosting;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);

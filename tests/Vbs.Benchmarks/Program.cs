using Vbs.Benchmarks;

return await CommandLine.RunAsync(args, Console.In, Console.Out, Console.Error, CancellationToken.None);

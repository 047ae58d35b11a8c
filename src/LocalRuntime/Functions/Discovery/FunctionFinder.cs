using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace LocalRuntime.Functions.Discovery;

/// <summary>Finds the methods marked <c>[Function]</c>, and refuses what the Functions host or worker would refuse or misunderstand.</summary>
internal static partial class FunctionFinder
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The classes of an assembly and of the app's own assemblies it references.</summary>
    public static IEnumerable<Type> ClassesOf(Assembly entry)
    {
        var own = Assembly.GetExecutingAssembly().GetName().Name;
        var referenced = entry.GetReferencedAssemblies().Where(name => !IsFramework(name.Name!) && name.Name != own);
        return referenced.Select(Assembly.Load).Prepend(entry).SelectMany(assembly => assembly.GetTypes());
    }

    /// <summary>Finds and checks functions.</summary>
    /// <returns>The functions in the host's order: by name, regardless of case (FunctionMetadataManager in azure-functions-host).</returns>
    /// <exception cref="StartException">A function breaks a rule: the message names it and the rule.</exception>
    public static IReadOnlyList<Function> Find(IEnumerable<Type> classes)
    {
        var functions = classes
            .SelectMany(type => type.GetMethods(AnyMethod))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Attribute is not null)
            .Select(found => Check(found.Attribute!.Name, found.Method))
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        foreach (var same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new StartException($"Two functions are named {same.Key}: {string.Join(" and ", same.Select(function => function.EntryPoint))}.");
        }

        return functions;
    }

    private static bool IsFramework(string assembly) =>
        assembly is "mscorlib" or "netstandard" or "System"
        || assembly.StartsWith("System.", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.", StringComparison.Ordinal)
        || assembly.StartsWith("Azure.", StringComparison.Ordinal)
        || assembly.StartsWith("xunit.", StringComparison.Ordinal);

    private static Function Check(string name, MethodInfo method)
    {
        var place = $"{method.DeclaringType!.FullName}.{method.Name}";
        if (!LegalName().IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartException($"'{name}' ({place}) is no function name: a letter, then up to 127 letters, digits, '_' or '-', and not 'host'.");
        }

        // The worker finds the method by its name among the public ones (DefaultMethodInfoLocator in azure-functions-dotnet-worker).
        if (!method.IsPublic || method.DeclaringType.GetMethods().Count(other => other.Name == method.Name) > 1)
        {
            throw new StartException($"Function {name} ({place}) must be public and have no overloads.");
        }

        if (method.ContainsGenericParameters || (method.DeclaringType.IsAbstract && !method.IsStatic))
        {
            throw new StartException($"Function {name} ({place}) must be in a class that can be created, and not be generic.");
        }

        CheckResult(name, place, method);
        return Triggered(name, place, method);
    }

    private static void CheckResult(string name, string place, MethodInfo method)
    {
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            throw new StartException($"Function {name} ({place}) is async void: nobody would wait for it; return Task.");
        }

        var type = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        if (type == typeof(ValueTask) || type == typeof(ValueTask<>))
        {
            throw new StartException($"Function {name} ({place}) returns a ValueTask, which the worker does not await; return Task.");
        }
    }

    private static Function Triggered(string name, string place, MethodInfo method)
    {
        var triggers = method.GetParameters().Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        return triggers.Count == 1
            ? new Function(name, method, triggers[0], triggers[0].GetCustomAttribute<TriggerBindingAttribute>()!)
            : throw new StartException($"Function {name} ({place}) has {triggers.Count} triggers; it must have one.");
    }

    // Utility.FunctionNameValidationRegex in azure-functions-host.
    [GeneratedRegex(@"\A[a-z][a-z0-9_\-]{0,127}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LegalName();
}

//! The typed builder: a setter a field, a state that says which are set, and the methods that build.

use audit_rules::limits::MAX_TARGETS;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Lifetime};

use super::bounds;
use super::setter::{Setter, implied};
use crate::idents;
use crate::model::{Event, Role};

/// Fields that share one tuple of the state.
const GROUP: usize = 8;

/// Everything that one event's builder is made of.
struct Builder<'e> {
    event: &'e Event,
    setters: Vec<Setter>,
    name: Ident,
    fields: Ident,
    /// `'a, '__actor`: the event's lifetimes and the caller's actor's, as parameters and as arguments.
    parameters: TokenStream,
    arguments: TokenStream,
    where_clause: Option<&'e syn::WhereClause>,
}

/// The lifetimes of the builder's fields, each with a comma behind: the event's own and the caller's actor's.
pub fn lifetimes(event: &Event) -> (TokenStream, TokenStream) {
    let parameters = event.item.generics.lifetimes();
    let arguments = event
        .item
        .generics
        .lifetimes()
        .map(|parameter| &parameter.lifetime);
    let actor = event.callers_actor.as_ref().map(|_| {
        let lifetime = actor_lifetime();
        quote!(#lifetime,)
    });
    (
        quote!(#(#parameters,)* #actor),
        quote!(#(#arguments,)* #actor),
    )
}

/// The builder. Without one there is only what the event is written from, and the markers that the proof names fields by.
pub fn expand(event: &Event) -> TokenStream {
    let builder = Builder::new(event);
    let parts = if event.has_builder {
        let markers = bounds::markers(
            &event.item.ident,
            builder.setters.iter().map(|setter| &setter.ident),
        );
        vec![
            markers,
            builder.fields(),
            builder.state(),
            builder.constructor(),
            builder.setters(),
            builder.methods(),
        ]
    } else {
        let proven = event
            .members
            .iter()
            .filter(|member| member.value().is_some() || member.target().is_some());
        vec![
            bounds::markers(&event.item.ident, proven.map(|member| &member.ident)),
            builder.fields(),
        ]
    };
    parts.into_iter().collect()
}

impl<'e> Builder<'e> {
    fn new(event: &'e Event) -> Self {
        let mut setters: Vec<Setter> = event
            .members
            .iter()
            .filter(|member| !matches!(member.role, Role::Skip))
            .map(|member| Setter::of_member(member, &event.item.ident))
            .collect();
        setters.extend(implied(event));
        let (parameters, arguments) = lifetimes(event);
        Self {
            event,
            setters,
            name: event.item.builder.clone(),
            fields: idents::builder_fields(&event.item.ident),
            parameters,
            arguments,
            where_clause: event.item.generics.where_clause.as_ref(),
        }
    }

    fn groups(&self) -> usize {
        self.setters.len().div_ceil(GROUP)
    }

    fn states(&self) -> Vec<Ident> {
        (0..self.groups()).map(idents::group).collect()
    }

    fn fields(&self) -> TokenStream {
        let private = idents::private();
        let (fields, parameters, where_clause) =
            (&self.fields, &self.parameters, self.where_clause);
        let (idents, held): (Vec<_>, Vec<_>) = self
            .setters
            .iter()
            .map(|setter| (&setter.ident, &setter.held))
            .unzip();
        let event = &self.event.item.ident;
        let (_, arguments, _) = self.event.item.generics.split_for_impl();
        // A lifetime that no field uses is the user's error, once.
        let own = self
            .event
            .item
            .generics
            .lifetimes()
            .map(|parameter| &parameter.lifetime);
        quote! {
            pub struct #fields <#parameters> #where_clause { #(#idents: #held,)* __audit_of: #private::PhantomData<(fn() -> #event #arguments, #(&#own ()),*)> }
        }
    }

    fn state(&self) -> TokenStream {
        let private = idents::private();
        let (name, fields, states) = (&self.name, &self.fields, self.states());
        let (parameters, lifetimes, where_clause) =
            (&self.parameters, &self.arguments, self.where_clause);
        quote! {
            #[must_use = "an event comes into being when the builder is built"]
            pub struct #name <#parameters #(#states),*> #where_clause {
                fields: #fields <#lifetimes>,
                state: #private::PhantomData<(#(#states,)*)>,
            }
        }
    }

    fn constructor(&self) -> TokenStream {
        let private = idents::private();
        let (name, fields) = (&self.name, &self.fields);
        let idents = self.setters.iter().map(|setter| &setter.ident);
        let lifetimes = &self.arguments;
        let unset = (0..self.groups()).map(|_| quote!(#private::Unset));
        let event = &self.event.item.ident;
        let (generics, arguments, where_clause) = self.event.item.generics.split_for_impl();
        let actor = self.event.callers_actor.as_ref().map(|_| {
            let lifetime = actor_lifetime();
            quote!(<#lifetime>)
        });
        let doc = self.documentation();
        quote! {
            impl #generics #event #arguments #where_clause {
                #[doc = #doc]
                pub fn builder #actor () -> #name <#lifetimes #(#unset),*> {
                    #name {
                        fields: #fields { #(#idents: #private::None,)* __audit_of: #private::PhantomData },
                        state: #private::PhantomData,
                    }
                }
            }
        }
    }

    /// The docs of `builder()`: its setters and methods. A page of the builder in rustdoc shows their bounds alone.
    fn documentation(&self) -> String {
        let list = |title: &str, are_required: bool| {
            let setters = self.setters.iter();
            let names = setters.filter(|setter| setter.is_required == are_required);
            let names = names.map(|Setter { ident, maybe, .. }| match maybe {
                Some(_) => format!("`{ident}` (or `{}`)", maybe_name(ident)),
                None => format!("`{ident}`"),
            });
            let names = names.collect::<Vec<_>>().join(", ");
            (!names.is_empty()).then(|| format!("{title}: {names}."))
        };
        let all = self.event.split().map_or("", |_| "`try_build_all`, ");
        let paragraphs = [
            Some(format!("Builds a `{}` event.", self.event.action.value())),
            list("Required", true),
            list("Optional", false),
            Some(format!(
                "Then `try_build`, {all}`build` where nothing can be rejected, or `encode_into`."
            )),
        ];
        paragraphs
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn setters(&self) -> TokenStream {
        let (name, states, lifetimes) = (&self.name, self.states(), &self.arguments);
        let (parameters, where_clause) = (&self.parameters, self.where_clause);
        let setters = self
            .setters
            .iter()
            .enumerate()
            .map(|(index, setter)| self.setter(index, setter));
        quote! {
            impl <#parameters #(#states),*> #name <#lifetimes #(#states),*> #where_clause {
                #(#setters)*
            }
        }
    }

    fn setter(&self, index: usize, setter: &Setter) -> TokenStream {
        let private = idents::private();
        let (ident, docs) = (&setter.ident, &setter.docs);
        let marker = idents::marker_at_field(ident, &self.event.item.ident);
        let next = self.next_state(index);
        let (argument, convert) = (&setter.argument, &setter.convert);
        let (name, lifetimes) = (&self.name, &self.arguments);
        let (state, position) = (
            idents::group(index / GROUP),
            format_ident!("Q{}", index % GROUP),
        );
        let checked = idents::checked();
        let result = quote!(#name <#lifetimes #(#next),*>);
        // At the field: that is where rustc shows what asked for it.
        let bound = {
            let (span, private) = (ident.span(), idents::private_at(ident.span()));
            let state = Ident::new(&state.to_string(), span);
            quote_spanned!(span=> where #state: #private::Set<#private::#position, #marker, #checked, __T>)
        };
        let done = quote!(#name { fields: self.fields, state: #private::PhantomData });
        let maybe = setter.maybe.as_ref().map(|inner| {
            let maybe = maybe_name(ident);
            quote! {
                #docs
                pub fn #maybe<__T>(mut self, field_value: #private::Option<#inner>) -> #result #bound {
                    self.fields.#ident = field_value;
                    #done
                }
            }
        });
        quote! {
            #docs
            pub fn #ident<__T>(mut self, field_value: #argument) -> #result #bound {
                self.fields.#ident = #private::Some(#convert);
                #done
            }
            #maybe
        }
    }

    fn next_state(&self, index: usize) -> Vec<Ident> {
        let mut states = self.states();
        if let Some(state) = states.get_mut(index / GROUP) {
            *state = Ident::new("__T", Span::call_site());
        }
        states
    }

    /// `where __G0: Ready<(…), Event>, …`
    fn ready(&self) -> Vec<TokenStream> {
        // At the event's name: that is where rustc shows what asked for it.
        let span = self.event.item.ident.span();
        let (private, checked) = (idents::private_at(span), idents::checked());
        let any = quote!(#private::Any);
        self.setters
            .chunks(GROUP)
            .zip(self.states())
            .map(|(setters, state)| {
                let labels = setters
                    .iter()
                    .map(|setter| &setter.label)
                    .chain(std::iter::repeat_n(&any, GROUP - setters.len()));
                let state = Ident::new(&state.to_string(), span);
                quote_spanned!(span=> #state: #private::Ready<(#(#labels),*), #checked>)
            })
            .collect()
    }

    fn methods(&self) -> TokenStream {
        let private = idents::private();
        let (name, states, lifetimes) = (&self.name, self.states(), &self.arguments);
        let (parameters, where_clause) = (&self.parameters, self.where_clause);
        let ready = self.ready();
        let event = &self.event.item.ident;
        let (_, arguments, _) = self.event.item.generics.split_for_impl();
        let span = event.span();
        let proof = idents::private_at(span);
        let any_lifetime = idents::any_lifetime();
        let infallible =
            quote_spanned!(span=> #any_lifetime #event #arguments: #proof::AlwaysValid);
        let encode = self.encode();
        let all = self.event.split().map(|_| self.try_build_all(&ready));
        quote! {
            impl <#parameters #(#states),*> #name <#lifetimes #(#states),*> #where_clause {
                #encode
                #[doc = "Builds the event.\n\n# Errors\n`BuildError` with every violation."]
                pub fn try_build(mut self) -> #private::Result<#private::Event, #private::BuildError> where #(#ready),* {
                    self.__audit_encode(#private::Mode::Reject).finish()
                }
                /// Builds the event. Available where the types prove that nothing can be rejected.
                pub fn build(mut self) -> #private::Event where #(#ready,)* #infallible {
                    self.__audit_encode(#private::Mode::Cut).finish_cut()
                }
                #[doc = "Appends the event's JSON to a buffer, and returns the paths that were truncated.\n\n# Errors\n`BuildError` with every violation; the buffer is then unchanged."]
                pub fn encode_into(mut self, output_buffer: &mut #private::Vec<#private::u8>) -> #private::Result<#private::Vec<#private::String>, #private::BuildError> where #(#ready),* {
                    self.__audit_encode(#private::Mode::Reject).append_to(output_buffer)
                }
                #all
            }
        }
    }

    fn encode(&self) -> TokenStream {
        let private = idents::private();
        let event = &self.event.item.ident;
        let (_, arguments, _) = self.event.item.generics.split_for_impl();
        let at = self.occurred_at();
        quote! {
            fn __audit_encode(&mut self, __audit_mode: #private::Mode) -> #private::Encoder {
                let __audit_at = #at;
                (<#event #arguments as #private::DescribedEvent<'_>>::ENCODE)(__audit_mode, &mut self.fields, __audit_at, #private::None)
            }
        }
    }

    fn try_build_all(&self, ready: &[TokenStream]) -> TokenStream {
        let private = idents::private();
        let at = self.occurred_at();
        let docs = format!(
            "Builds as many events as the targets need at {MAX_TARGETS} each, linked by one id.\n\n# Errors\n`BuildError` with every violation; targets are counted over the whole list."
        );
        quote! {
            #[doc = #docs]
            pub fn try_build_all(mut self) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> where #(#ready),* {
                let __audit_at = #at;
                self.fields.__audit_build_all(__audit_at)
            }
        }
    }

    /// The time that the builder was given, where the event has no field for it.
    fn occurred_at(&self) -> TokenStream {
        let private = idents::private();
        if self.event.has_occurred_at() {
            quote!(#private::None)
        } else {
            quote!(self.fields.occurred_at)
        }
    }
}

/// The setter of a field that is written `Option`, for an `Option`.
fn maybe_name(field: &Ident) -> Ident {
    format_ident!("maybe_{}", field.unraw(), span = field.span())
}

/// The lifetime of the actor that the caller passes.
pub fn actor_lifetime() -> Lifetime {
    Lifetime::new("'__actor", Span::call_site())
}

// The office calendar: public holidays and exchanged days of the years that the catalogue holds.

import { OfficeCalendar } from './workdays';

export const kCalendar = new OfficeCalendar([]);
